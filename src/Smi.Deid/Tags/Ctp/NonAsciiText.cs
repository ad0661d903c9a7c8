using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>Whether a data set holds text that means nothing without its character set.</summary>
internal static class NonAsciiText
{
    private const byte Escape = 0x1B;

    public static bool IsIn(DicomDataSet dataSet) => dataSet.Elements.Any(element => element switch
    {
        SequenceElement sequence => sequence.Items.Any(IsIn),
        ValueElement value when value.EffectiveVR.UsesCharacterSet() => IsIn(value.Value.ToMemory().Span),
        _ => false,
    });

    private static bool IsIn(ReadOnlySpan<byte> bytes) => bytes.ContainsAnyExceptInRange((byte)0, (byte)0x7F) || bytes.Contains(Escape);
}
