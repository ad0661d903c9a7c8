using System.Text;
using Smi.Deid.Identifiers;

namespace Smi.Deid.Verification;

/// <summary>An identifier of eight and more digits, separators taken out: looked for within longer numbers and in bytes that are no text.</summary>
internal sealed class DigitTerm(string digits, KnownIdentifier identifier)
{
    public string Digits => digits;

    public byte[] Bytes { get; } = Encoding.ASCII.GetBytes(digits);

    public KnownIdentifier Identifier => identifier;
}
