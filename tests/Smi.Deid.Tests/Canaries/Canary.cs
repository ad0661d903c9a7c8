using System.Globalization;
using System.Text;
using Smi.Dicom;

namespace Smi.Deid.Tests.Canaries;

/// <summary>A value that occurs once in the input, in a form that its VR allows, and can be recognised in any output.</summary>
internal sealed record Canary(DicomTag Tag, string Text)
{
    // A moved date must not fall on another canary: with the key of the runs no patient here is moved by whole weeks.
    private const int Spacing = 7;

    private static readonly DateOnly FirstDay = new(1801, 1, 1);

    /// <summary>Null for AS and AT, which have no room for anything unique.</summary>
    public static Canary? For(DicomTag tag, VR vr, int number) => TextFor(vr, number) is { } text ? new Canary(tag, text) : null;

    public byte[] Bytes => Encoding.ASCII.GetBytes(Text);

    private static string? TextFor(VR vr, int number) => vr switch
    {
        VR.AS or VR.AT or VR.SQ or VR.None => null,
        VR.DA => FirstDay.AddDays(number * Spacing).ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        VR.DT => FirstDay.AddDays(number * Spacing).ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "091827",
        VR.TM => $"112233.{number + 100000}",
        VR.IS => $"{1900000000 + number}",
        VR.DS => $"7.19{number + 100000}",
        VR.UI => $"2.999.{number + 7000000}.5",
        _ => $"K7Q{number:0000}Z",
    };
}
