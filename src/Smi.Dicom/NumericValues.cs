using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Smi.Dicom;

/// <summary>Numbers in binary and in decimal strings (PS3.5 6.2).</summary>
public static class NumericValues
{
    /// <summary>
    /// The values of US, SS, UL, SL, UV, SV, FL, FD, AT, OW, OF, OD, OL, OV, IS and DS; none for other VRs, and none when one of the strings is
    /// no number.
    /// </summary>
    public static double[] Read(ValueElement element)
    {
        var vr = element.EffectiveVR;
        var bytes = element.Value.ToMemory().Span;
        if (vr is VR.IS or VR.DS)
        {
            return ReadStrings(bytes);
        }

        var unit = vr.UnitSize();
        if (unit == 1)
        {
            return [];
        }

        var numbers = new double[bytes.Length / unit];
        for (var index = 0; index < numbers.Length; index++)
        {
            numbers[index] = ReadOne(bytes.Slice(index * unit, unit), vr, element.IsBigEndian);
        }

        return numbers;
    }

    private static double[] ReadStrings(ReadOnlySpan<byte> bytes)
    {
        var parts = Encoding.Latin1.GetString(bytes).Trim(' ', '\0').Split('\\');
        var numbers = new double[parts.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            if (!double.TryParse(parts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[index]))
            {
                return [];
            }
        }

        return numbers;
    }

    private static double ReadOne(ReadOnlySpan<byte> unit, VR vr, bool isBigEndian)
    {
        Span<byte> little = stackalloc byte[8];
        unit.CopyTo(little);
        if (isBigEndian)
        {
            little[..unit.Length].Reverse();
        }

        return vr switch
        {
            VR.SS => BinaryPrimitives.ReadInt16LittleEndian(little),
            VR.US or VR.OW => BinaryPrimitives.ReadUInt16LittleEndian(little),
            VR.SL => BinaryPrimitives.ReadInt32LittleEndian(little),
            VR.UL or VR.OL => BinaryPrimitives.ReadUInt32LittleEndian(little),
            VR.FL or VR.OF => BinaryPrimitives.ReadSingleLittleEndian(little),
            VR.FD or VR.OD => BinaryPrimitives.ReadDoubleLittleEndian(little),
            VR.SV => BinaryPrimitives.ReadInt64LittleEndian(little),
            VR.UV or VR.OV => BinaryPrimitives.ReadUInt64LittleEndian(little),
            _ => BinaryPrimitives.ReadUInt16LittleEndian(little),
        };
    }
}
