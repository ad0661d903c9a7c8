using System.Text;

namespace Smi.Dicom.Reading;

/// <summary>
/// Finds the data set of a file: after preamble and file meta information (PS3.10 7.1), or bare, as old archives and dumps have
/// it. What cannot be a data set is refused.
/// </summary>
internal static class FileHeaderReader
{
    private const int PreambleLength = 128;
    private const ushort HighestFirstGroup = 0x0028;

    public static FileHeader Read(DicomSource source, ReadOptions options)
    {
        if (source.Length < 8)
        {
            throw new DicomFormatException(source.Length == 0 ? "the file is empty" : "the file is too short for a data element", 0);
        }

        var hasPreamble = HasPrefix(source, PreambleLength);
        var start = hasPreamble ? PreambleLength + 4 : HasPrefix(source, 0) ? 4 : 0;
        var (meta, dataSetStart) = ReadFileMeta(source, start, options);
        if (source.Length - dataSetStart < 8)
        {
            throw new DicomFormatException("there is no data set", dataSetStart);
        }

        return new FileHeader(hasPreamble, meta, dataSetStart, ChooseSyntax(source, meta, dataSetStart));
    }

    private static bool HasPrefix(DicomSource source, long offset) =>
        source.Length >= offset + 4 && source.Peek(offset, 4).SequenceEqual("DICM"u8);

    // (0002,0000) is often wrong; the group itself says where it ends.
    private static (DicomDataSet? Meta, long End) ReadFileMeta(DicomSource source, long start, ReadOptions options)
    {
        var position = start;
        var elements = new List<DicomElement>();
        var meta = new DicomDataSet();
        while (source.Length - position >= 8)
        {
            var bytes = source.Peek(position, (int)Math.Min(ElementHeader.LongestSize, source.Length - position));
            if (bytes[0] != 2 || bytes[1] != 0)
            {
                break;
            }

            var isExplicit = ((VR)(bytes[4] | (bytes[5] << 8))).LooksLikeVR();
            var encoding = isExplicit ? DataSetEncoding.ExplicitLittleEndian : DataSetEncoding.ImplicitLittleEndian;
            var header = HeaderReader.Read(bytes, encoding, position);
            var valueStart = position + header.Size;
            if (header.Length is not { } length || length > source.Length - valueStart || meta.Count > options.MaxElements)
            {
                throw new DicomFormatException("the file meta information is damaged", position, header.Tag);
            }

            var origin = new ElementOrigin(new ByteSlice(source, position, header.Size + length), encoding);
            meta.Append(new ValueElement(header.Tag, header.VR, new ByteSlice(source, valueStart, length), false, origin));
            position = valueStart + length;
        }

        return (meta.Count == 0 ? null : meta, position);
    }

    private static TransferSyntax ChooseSyntax(DicomSource source, DicomDataSet? meta, long start)
    {
        var guessed = GuessEncoding(source, start);
        if (meta?.FindValue(DicomTags.TransferSyntaxUid) is not { Length: > 0 and <= 66 } element)
        {
            return guessed is { } bare
                ? TransferSyntax.Native(bare)
                : throw new DicomFormatException("this is not a DICOM file: there is neither a transfer syntax nor a recognisable data set", start);
        }

        var uid = Encoding.ASCII.GetString(element.Value.ToMemory().Span).Trim('\0', ' ');
        var declared = TransferSyntax.Find(uid)
            ?? throw new DicomFormatException("the transfer syntax is not one that the standard lists for files", element.Value.Offset, element.Tag);
        if (declared.IsDeflated || guessed is not { } actual || actual == declared.Encoding)
        {
            return declared;
        }

        return declared.IsEncapsulated
            ? throw new DicomFormatException("the data set is not encoded as its transfer syntax says", start)
            : TransferSyntax.Native(actual);
    }

    /// <summary>The encoding that the first element shows; null when it shows none.</summary>
    private static DataSetEncoding? GuessEncoding(DicomSource source, long start)
    {
        var available = source.Length - start;
        if (available < 8)
        {
            return null;
        }

        var bytes = source.Peek(start, (int)Math.Min(ElementHeader.LongestSize, available));
        foreach (var encoding in (ReadOnlySpan<DataSetEncoding>)[DataSetEncoding.ExplicitLittleEndian, DataSetEncoding.ExplicitBigEndian, DataSetEncoding.ImplicitLittleEndian])
        {
            if (IsPlausible(bytes, encoding, available))
            {
                return encoding;
            }
        }

        return null;
    }

    private static bool IsPlausible(ReadOnlySpan<byte> bytes, DataSetEncoding encoding, long available)
    {
        var tag = HeaderReader.ReadTag(bytes, encoding.IsBigEndian);
        if (tag.Group is 0 or > HighestFirstGroup || (!tag.IsGroupLength && DicomDictionary.Find(tag) is null))
        {
            return false;
        }

        if (encoding.IsExplicit)
        {
            return ((VR)(bytes[4] | (bytes[5] << 8))).IsKnown();
        }

        var length = BitConverter.ToUInt32(bytes[4..8]);
        return length == ElementHeader.UndefinedLength || length <= available - 8;
    }
}
