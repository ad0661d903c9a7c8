using System.Buffers.Binary;
using Smi.Dicom.Reading;

namespace Smi.Dicom.Writing;

/// <summary>
/// Writes data elements in one encoding. What nobody touched and stands in the source in the same encoding is copied byte for
/// byte; the rest is encoded anew, sequences with the length form they had.
/// </summary>
internal sealed class DataSetWriter(Stream target, DataSetEncoding encoding)
{
    public void Write(DicomDataSet dataSet)
    {
        foreach (var element in dataSet.Elements)
        {
            Write(element);
        }
    }

    private void Write(DicomElement element)
    {
        if (IsCopyable(element))
        {
            element.Origin?.Bytes.CopyTo(target);
            return;
        }

        switch (element)
        {
            case ValueElement value:
                WriteHeader(value.Tag, WrittenVR(value), WrittenLength(value));
                WriteValue(value);
                break;
            case SequenceElement sequence:
                WriteSequence(sequence);
                break;
            case EncapsulatedElement encapsulated:
                WriteFragments(encapsulated);
                break;
        }
    }

    /// <summary>Bytes that <see cref="Write(DicomDataSet)"/> would write.</summary>
    public long LengthOf(DicomDataSet dataSet) => dataSet.Elements.Sum(LengthOf);

    private long LengthOf(DicomElement element)
    {
        if (IsCopyable(element))
        {
            return element.Origin?.Bytes.Length ?? 0;
        }

        return element switch
        {
            ValueElement value => HeaderLength(WrittenVR(value)) + value.Length,
            SequenceElement sequence => HeaderLength(sequence.VR) + (sequence.HasDefinedLength ? 0 : 8) + ItemsLength(sequence),
            EncapsulatedElement encapsulated => HeaderLength(encapsulated.VR) + 8 + encapsulated.Fragments.Sum(fragment => 8 + fragment.Length),
            _ => throw new InvalidOperationException("there is no other kind of element"),
        };
    }

    private long ItemsLength(SequenceElement sequence)
    {
        var inside = InsideOf(sequence);
        return sequence.Items.Sum(item => 8 + (item.HasDefinedLength ? 0 : 8) + inside.LengthOf(item));
    }

    private bool IsCopyable(DicomElement element) =>
        element.Origin is { } origin && origin.Encoding == encoding && (element is not SequenceElement sequence || sequence.IsUntouched);

    // PS3.5 6.2.2: what does not fit a 16-bit length is written as UN, which is also right for letters that are no VR.
    private static VR WrittenVR(ValueElement element) =>
        !element.VR.IsKnown() || (!element.VR.HasLongLength() && element.Length > ushort.MaxValue) ? VR.UN : element.VR;

    private static uint WrittenLength(ValueElement element) => element.Length < ElementHeader.UndefinedLength
        ? (uint)element.Length
        : throw new DicomFormatException("a value of 4 GB or more has no defined length form", tag: element.Tag);

    private int HeaderLength(VR vr) => encoding.IsExplicit && vr.HasLongLength() ? 12 : 8;

    private void WriteHeader(DicomTag tag, VR vr, uint length)
    {
        Span<byte> header = stackalloc byte[ElementHeader.LongestSize];
        WriteUInt16(header, tag.Group);
        WriteUInt16(header[2..], tag.Element);
        var size = HeaderLength(vr);
        if (encoding.IsExplicit && vr != VR.None)
        {
            header[4] = (byte)vr;
            header[5] = (byte)((ushort)vr >> 8);
        }

        if (!encoding.IsExplicit || vr == VR.None)
        {
            WriteUInt32(header[4..], length);
        }
        else if (vr.HasLongLength())
        {
            WriteUInt32(header[8..], length);
        }
        else
        {
            WriteUInt16(header[6..], (ushort)length);
        }

        target.Write(header[..size]);
    }

    private void WriteValue(ValueElement element)
    {
        var unit = element.VR.UnitSize();
        if (unit == 1 || element.IsBigEndian == encoding.IsBigEndian)
        {
            element.Value.CopyTo(target);
            return;
        }

        using var swap = new ByteSwapStream(target, unit);
        element.Value.CopyTo(swap);
        swap.Finish();
    }

    private void WriteSequence(SequenceElement sequence)
    {
        var inside = InsideOf(sequence);
        WriteHeader(sequence.Tag, sequence.VR, sequence.HasDefinedLength ? Checked(ItemsLength(sequence), sequence.Tag) : ElementHeader.UndefinedLength);
        foreach (var item in sequence.Items)
        {
            var length = item.HasDefinedLength ? Checked(inside.LengthOf(item), sequence.Tag) : ElementHeader.UndefinedLength;
            inside.WriteHeader(HeaderReader.Item, VR.None, length);
            inside.Write(item);
            if (!item.HasDefinedLength)
            {
                inside.WriteHeader(HeaderReader.ItemDelimitation, VR.None, 0);
            }
        }

        if (!sequence.HasDefinedLength)
        {
            inside.WriteHeader(HeaderReader.SequenceDelimitation, VR.None, 0);
        }
    }

    private void WriteFragments(EncapsulatedElement element)
    {
        WriteHeader(element.Tag, element.VR, ElementHeader.UndefinedLength);
        foreach (var fragment in element.Fragments)
        {
            WriteHeader(HeaderReader.Item, VR.None, Checked(fragment.Length, element.Tag));
            fragment.CopyTo(target);
        }

        WriteHeader(HeaderReader.SequenceDelimitation, VR.None, 0);
    }

    // PS3.5 6.2.2 note 2: inside a UN sequence everything is implicit VR little endian.
    private DataSetWriter InsideOf(SequenceElement sequence) =>
        sequence.VR == VR.UN ? new DataSetWriter(target, DataSetEncoding.ImplicitLittleEndian) : this;

    private static uint Checked(long length, DicomTag tag) => length < ElementHeader.UndefinedLength
        ? (uint)length
        : throw new DicomFormatException("a sequence or fragment of 4 GB or more has no defined length form", tag: tag);

    private void WriteUInt16(Span<byte> bytes, ushort value)
    {
        if (encoding.IsBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        }
    }

    private void WriteUInt32(Span<byte> bytes, uint value)
    {
        if (encoding.IsBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }
    }
}
