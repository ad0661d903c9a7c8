using System.Collections.Concurrent;
using System.Threading.Channels;
using Smi.Deid.Files;
using Smi.Dicom;

namespace Smi.Extraction.CohortExtractor;

/// <summary>
/// Reads the headers of a folder into the index, in parallel; files that stand there unchanged are not read again. Every thousand entries
/// are kept by themselves, so an interruption loses little. Links are not followed.
/// </summary>
public sealed class Indexer
{
    private const int EntriesAtOnce = 1000;

    private readonly string _root;
    private readonly string _folder;
    private readonly string _indexFile;
    private readonly string _pattern;
    private readonly ConcurrentQueue<string> _failed = [];

    // The walk counts the empty ones, the writer the others.
    private int _empty;
    private int _unreadable;

    /// <param name="root">The file system root, which paths of the index are relative to.</param>
    /// <param name="folder">The root or a folder below it; entries of other folders stay as they are.</param>
    /// <param name="indexFile">The index, made when it is missing.</param>
    /// <param name="pattern">Names of the files that are read.</param>
    /// <exception cref="ArgumentException">The folder is not below the root.</exception>
    public Indexer(string root, string folder, string indexFile, string pattern)
    {
        var confined = new ConfinedRoot(root);
        var inside = new ConfinedRoot(folder);
        if (inside.Path != confined.Path && !inside.Path.StartsWith(confined.Path.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            throw new ArgumentException($"{folder} is not below {root}", nameof(folder));
        }

        _root = confined.Path;
        _folder = inside.Path;
        _indexFile = indexFile;
        _pattern = pattern;
    }

    /// <summary>Files read and put into the index.</summary>
    public int Read { get; private set; }

    /// <summary>Files that stood there unchanged.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Files that are not DICOM.</summary>
    public int Unreadable => _unreadable + _empty - _failed.Count;

    /// <summary>Entries whose file is gone.</summary>
    public int Removed { get; private set; }

    /// <summary>Files that the machine would not let us read, relative to the root; they are not in the index, or as they were before.</summary>
    public IReadOnlyCollection<string> Failed => _failed;

    public async Task RunAsync(IProgress<int> progress, CancellationToken cancellation)
    {
        using var index = new DicomIndex(_indexFile);
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
            Removed = index.RemoveMissing(IsGone);
        }
        catch
        {
            await failing.CancelAsync();
            throw;
        }
    }

    private async Task WalkAsync(ChannelWriter<FileInfo> todo, CancellationToken cancellation)
    {
        using var known = new DicomIndex(_indexFile);
        // A folder that cannot be read ends the run: an index that silently lacks it would lose files of extractions.
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles(_pattern, options))
        {
            if (file.Length == 0)
            {
                // Pipes and devices look like this too, and opening one would wait for ever.
                _empty++;
            }
            else if (known.IsCurrent(Relative(file), file.Length, file.LastWriteTimeUtc.Ticks))
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
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _failed.Enqueue(Relative(file));
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
                _unreadable++;
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

    private bool IsGone(string path)
    {
        var full = Path.Combine(_root, path);
        return (_folder == _root || full.StartsWith(_folder + "/", StringComparison.Ordinal)) && !File.Exists(full);
    }

    private string Relative(FileInfo file) => Path.GetRelativePath(_root, file.FullName);
}
