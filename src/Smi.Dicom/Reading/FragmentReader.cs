namespace Smi.Dicom.Reading;

/// <summary>Reads encapsulated pixel data: fragments one after the other, and a delimiter (PS3.5 A.4).</summary>
internal static class FragmentReader
{
    /// <param name="cursor">Stands at the element and then behind it.</param>
    /// <param name="header">Of the element, at the cursor.</param>
    /// <param name="end">Of what is around it.</param>
    /// <param name="encoding">Of what is around it.</param>
    /// <exception cref="DicomFormatException">A fragment is cut off, or is none.</exception>
    public static EncapsulatedElement Read(ReadCursor cursor, ElementHeader header, long end, DataSetEncoding encoding)
    {
        var start = cursor.Position;
        cursor.Position += header.Size;
        var fragments = new List<ByteSlice>();
        while (true)
        {
            var item = cursor.PeekHeader(end, encoding);
            cursor.Position += item.Size;
            if (item.Tag == HeaderReader.SequenceDelimitation && item.Length == 0)
            {
                break;
            }

            if (item.Tag != HeaderReader.Item || item.Length is not { } length || length > end - cursor.Position)
            {
                throw cursor.Fault("a fragment is cut off or is no fragment", header.Tag);
            }

            cursor.Count(header.Tag);
            fragments.Add(cursor.Slice(cursor.Position, length));
            cursor.Position += length;
        }

        return new EncapsulatedElement(header.Tag, header.VR, fragments, cursor.OriginOf(start, cursor.Position, encoding));
    }
}
