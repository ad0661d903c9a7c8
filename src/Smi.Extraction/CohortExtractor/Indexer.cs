using System.Threading.Channels;
using Smi.Dicom;

namespace Smi.Extraction.CohortExtractor;

/// <summary>
/// Reads the headers of a folder into the index, in parallel; files that stand there unchanged are not read again. Every thousand entries
/// are kept by themselves, so an interruption loses little.
/// </summary>
public sealed class Indexer(string root, string indexFile, string pattern)
{
    private const int EntriesAtOnce = 1000;

    /// <summary>Files read and put into the index.</summary>
    public int Read { get; private set; }

    /// <summary>Files that stood there unchanged.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Files that are not DICOM.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Entries whose file is gone.</summary>
    public int Removed { get; private set; }

    public async Task RunAsync(IProgress<int> progress, CancellationToken cancellation)
    {
        using var index = new DicomIndex(indexFile);
        var todo = Channel.CreateBounded<FileInfo>(EntriesAtOnce);
        var entries = Channel.CreateBounded<IndexEntry?>(EntriesAtOnce);
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var walking = Task.Run(() => WalkAsync(todo.Writer, failing.Token), failing.Token);
        var reading = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() => ReadAsync(todo.Reader, entries.Writer, failing.Token), failing.Token)).ToList();
        var writing = WriteAsync(index, entries.Reader, progress, failing.Token);
        try
        {
            await walking;
            await Task.WhenAll(reading);
            entries.Writer.Complete();
            await writing;
            Removed = index.RemoveMissing(path => File.Exists(Path.Combine(root, path)));
        }
        catch
        {
            await failing.CancelAsync();
            throw;
        }
    }

    private async Task WalkAsync(ChannelWriter<FileInfo> todo, CancellationToken cancellation)
    {
        using var known = new DicomIndex(indexFile);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in new DirectoryInfo(root).EnumerateFiles(pattern, options))
        {
            if (known.IsCurrent(Relative(file), file.Length, file.LastWriteTimeUtc.Ticks))
            {
                Unchanged++;
            }
            else
            {
                await todo.WriteAsync(file, cancellation);
            }
        }

        todo.Complete();
    }

    private async Task ReadAsync(ChannelReader<FileInfo> todo, ChannelWriter<IndexEntry?> entries, CancellationToken cancellation)
    {
        await foreach (var file in todo.ReadAllAsync(cancellation))
        {
            await entries.WriteAsync(ReadHeader(file), cancellation);
        }
    }

    /// <summary>Null when the file is not DICOM.</summary>
    private IndexEntry? ReadHeader(FileInfo file)
    {
        try
        {
            using var dicom = DicomFile.Open(file.FullName);
            var dataSet = dicom.DataSet;
            return new()
            {
                Path = Relative(file),
                Length = file.Length,
                Modified = file.LastWriteTimeUtc.Ticks,
                StudyInstanceUid = dataSet.GetString(DicomTags.StudyInstanceUid),
                SeriesInstanceUid = dataSet.GetString(DicomTags.SeriesInstanceUid),
                SopInstanceUid = dataSet.GetString(DicomTags.SopInstanceUid),
                Modality = dataSet.GetString(DicomTags.Modality),
                ImageType = string.Join('\\', dataSet.GetStrings(DicomTags.ImageType)),
                PatientId = dataSet.GetString(DicomTags.PatientId),
                SopClassUid = dataSet.GetString(DicomTags.SopClassUid),
            };
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    private async Task WriteAsync(DicomIndex index, ChannelReader<IndexEntry?> entries, IProgress<int> progress, CancellationToken cancellation)
    {
        var waiting = new List<IndexEntry>();
        await foreach (var entry in entries.ReadAllAsync(cancellation))
        {
            if (entry is null)
            {
                Unreadable++;
                continue;
            }

            waiting.Add(entry);
            Read++;
            if (waiting.Count == EntriesAtOnce)
            {
                index.Put(waiting);
                waiting.Clear();
                progress.Report(Read);
            }
        }

        index.Put(waiting);
    }

    private string Relative(FileInfo file) => Path.GetRelativePath(root, file.FullName);
}
