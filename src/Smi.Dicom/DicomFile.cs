using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Smi.Dicom.Reading;

namespace Smi.Dicom;

/// <summary>
/// A DICOM file (PS3.10), opened lazily: values are slices of the file and are only good until it is disposed. Used by one
/// thread at a time.
/// </summary>
public sealed class DicomFile : IDisposable
{
    private readonly List<DicomSource> sources;

    private DicomFile(List<DicomSource> sources, FileHeader header, DicomDataSet dataSet, ByteSlice trailing)
    {
        this.sources = sources;
        HasPreamble = header.HasPreamble;
        FileMeta = header.FileMeta;
        TransferSyntax = header.TransferSyntax;
        DataSet = dataSet;
        TrailingBytes = trailing;
    }

    public bool HasPreamble { get; }

    /// <summary>Group 0002 as it stands in the file; null when there is none.</summary>
    public DicomDataSet? FileMeta { get; }

    /// <summary>The syntax that the data set is really in: what the file meta information says, unless the first element shows another native one.</summary>
    public TransferSyntax TransferSyntax { get; }

    public DicomDataSet DataSet { get; }

    /// <summary>Bytes after the last data element that are no data element: zeros, or less than a header.</summary>
    public ByteSlice TrailingBytes { get; }

    /// <exception cref="DicomFormatException">The file is not DICOM, is damaged, or exceeds a bound of <paramref name="options"/>.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DicomReadException">The file may not be read, or reading fails.</exception>
    public static DicomFile Open(string path, ReadOptions? options = null) => Open(OpenHandle(path), options);

    /// <summary>Reads an open file; the handle is owned from here on.</summary>
    /// <exception cref="DicomFormatException">The file is not DICOM, is damaged, or exceeds a bound of <paramref name="options"/>.</exception>
    /// <exception cref="DicomReadException">Reading fails.</exception>
    public static DicomFile Open(SafeFileHandle handle, ReadOptions? options = null)
    {
        options ??= ReadOptions.Default;
        return Parse(SourceOf(handle, options), options);
    }

    /// <summary>Opens a file for reading, and nothing else: no pipe, no device.</summary>
    /// <exception cref="DicomFormatException">There is something that is no file.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DicomReadException">The file may not be read.</exception>
    public static SafeFileHandle OpenHandle(string path) => RegularFile.Open(path);

    /// <summary>Reads a file that is already in memory.</summary>
    public static DicomFile Parse(byte[] bytes, ReadOptions? options = null) =>
        Parse(new MemoryDicomSource(bytes, bytes.Length), options ?? ReadOptions.Default);

    public void Dispose() => sources.ForEach(source => source.Dispose());

    private static DicomFile Parse(DicomSource source, ReadOptions options)
    {
        List<DicomSource> sources = [source];
        try
        {
            var header = FileHeaderReader.Read(source, options);
            var (content, start) = (source, header.DataSetStart);
            if (header.TransferSyntax.IsDeflated)
            {
                (content, start) = (Inflater.Inflate(source, start, options.MaxInflatedLength), 0);
                sources.Add(content);
            }

            var (dataSet, end) = DataSetReader.Read(content, start, header.TransferSyntax.Encoding, options);
            return new DicomFile(sources, header, dataSet, new ByteSlice(content, end, content.Length - end));
        }
        catch
        {
            sources.ForEach(opened => opened.Dispose());
            throw;
        }
    }

    private static DicomSource SourceOf(SafeFileHandle handle, ReadOptions options)
    {
        try
        {
            var length = RandomAccess.GetLength(handle);
            if (length > options.MaxHeldLength)
            {
                return new FileDicomSource(handle);
            }

            var source = ReadWhole(handle, (int)length);
            handle.Dispose();
            return source;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static MemoryDicomSource ReadWhole(SafeFileHandle handle, int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        var count = FileDicomSource.ReadFully(handle, 0, buffer.AsSpan(0, length));
        return new MemoryDicomSource(buffer, count, () => ArrayPool<byte>.Shared.Return(buffer));
    }
}
