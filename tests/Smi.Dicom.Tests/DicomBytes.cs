using System.Buffers.Binary;
using System.Text;

namespace Smi.Tests;

/// <summary>Builds files byte by byte, the wrong ones too.</summary>
internal sealed class DicomBytes
{
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    private readonly List<byte> bytes = [];

    /// <summary>Preamble, prefix and a file meta information with this transfer syntax.</summary>
    public static DicomBytes File(string transferSyntax = ExplicitLittleEndian) =>
        new DicomBytes().Raw(new byte[128]).Raw("DICM"u8.ToArray()).Text(0x00020010, "UI", transferSyntax);

    public byte[] ToArray() => [.. bytes];

    public DicomBytes Raw(params byte[] raw)
    {
        bytes.AddRange(raw);
        return this;
    }

    public DicomBytes Text(uint tag, string vr, string text)
    {
        var value = Encoding.UTF8.GetBytes(text);
        var padding = vr == "UI" ? (byte)0 : (byte)' ';
        return Explicit(tag, vr, (value.Length & 1) == 0 ? value : [.. value, padding]);
    }

    public DicomBytes UInt16(uint tag, ushort value) => Explicit(tag, "US", BitConverter.GetBytes(value));

    public DicomBytes Explicit(uint tag, string vr, byte[] value) => ExplicitHeader(tag, vr, (uint)value.Length).Raw(value);

    public DicomBytes ExplicitHeader(uint tag, string vr, uint length)
    {
        Tag(tag).Raw(Encoding.ASCII.GetBytes(vr));
        return vr is "OB" or "OW" or "SQ" or "UN" or "UT" or "UC" or "UR" or "OF" or "OD" or "OL" or "OV" or "SV" or "UV"
            ? Raw(0, 0).UInt32(length)
            : Raw((byte)length, (byte)(length >> 8));
    }

    public DicomBytes Implicit(uint tag, byte[] value) => Tag(tag).UInt32((uint)value.Length).Raw(value);

    public DicomBytes ImplicitHeader(uint tag, uint length) => Tag(tag).UInt32(length);

    public DicomBytes Item(uint length) => ImplicitHeader(0xFFFEE000, length);

    public DicomBytes EndItem() => ImplicitHeader(0xFFFEE00D, 0);

    public DicomBytes EndSequence() => ImplicitHeader(0xFFFEE0DD, 0);

    public DicomBytes Append(DicomBytes other) => Raw(other.ToArray());

    private DicomBytes Tag(uint tag) => Raw((byte)(tag >> 16), (byte)(tag >> 24), (byte)tag, (byte)(tag >> 8));

    private DicomBytes UInt32(uint value)
    {
        var four = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(four, value);
        return Raw(four);
    }
}
