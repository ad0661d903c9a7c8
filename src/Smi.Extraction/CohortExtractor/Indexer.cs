using System.Collections.Concurrent;
using System.Threading.Channels;
using Smi.Deid.Files;
using Smi.Dicom;
using Smi.Extraction.Durability;

namespace Smi.Extraction.CohortExtractor;

/// <summary>
/// Reads the headers of a folder into the index, in parallel; files that stand there unchanged are not read again. Every thousand entries
/// are kept by themselves, so an interruption loses little.
/// </summary>
public sealed class Indexer
{
    private const int EntriesAtOnce = 1000;

    private readonly ConfinedRoot _root;
    private readonly string _folder;
    private readonly string _indexFile;
    private readonly OriginalsWalk _walk;
    private readonly ConcurrentQueue<string> _failed = [];

    // The walk counts those that it does not open, the writer the others.
    private int _unopened;
    private int _unreadable;

    /// <param name="root">The file system root, which paths of the index are relative to.</param>
    /// <param name="folder">The root or a folder below it; entries of other folders stay as they are.</param>
    /// <param name="indexFile">The index, made when it is missing.</param>
    /// <param name="pattern">Names of the files that are read.</param>
    /// <param name="allowedSourceRoots">Folders outside the root that links inside it may lead to.</param>
    /// <exception cref="ArgumentException">The folder is not below the root.</exception>
    public Indexer(string root, string folder, string indexFile, string pattern, params IEnumerable<string> allowedSourceRoots)
    {
        _root = new ConfinedRoot(root, allowedSourceRoots);
        _folder = FindFolder(root, folder) ?? throw new ArgumentException($"{folder} is not below {root}", nameof(folder));
        _indexFile = indexFile;
        _walk = new(_root, pattern);
    }

    /// <summary>Files read and put into the index.</summary>
    public int Read { get; private set; }

    /// <summary>Files that stood there unchanged.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Files that are not DICOM.</summary>
    public int Unreadable => _unreadable + _unopened - _failed.Count;

    /// <summary>Entries whose file is gone.</summary>
    public int Removed { get; private set; }

    /// <summary>Files that the machine would not let us read, relative to the root; they are not in the index, or as they were before.</summary>
    public IReadOnlyCollection<string> Failed => _failed;

    /// <summary>Links that the services would not follow, relative to the root: what they lead to is not in the index.</summary>
    public IReadOnlyList<string> Elsewhere => _walk.Elsewhere;

    public async Task RunAsync(IProgress<int> progress, CancellationToken cancellation)
    {
        using var index = new DicomIndex(_indexFile);
        var todo = Channel.CreateBounded<(string Name, FileInfo File)>(EntriesAtOnce);
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
        finally
        {
            // When one of them failed the others must not wait for it.
            await failing.CancelAsync();
        }
    }

    /// <summary>The name of the folder below the root: by its own path, or by the name it was given, when a link leads to where it is.</summary>
    private string? FindFolder(string root, string folder)
    {
        var real = new ConfinedRoot(folder).Path;
        if (_root.LiesAround(real))
        {
            return real;
        }

        var relative = Path.GetRelativePath(Path.GetFullPath(root), Path.GetFullPath(folder));
        var name = Path.Combine(_root.Path, relative);
        return !relative.StartsWith("..", StringComparison.Ordinal) && _root.HoldsFolder(_root.FromWalk(name)) ? name : null;
    }

    private async Task WalkAsync(ChannelWriter<(string Name, FileInfo File)> todo, CancellationToken cancellation)
    {
        using var known = new DicomIndex(_indexFile);
        foreach (var (name, file) in _walk.Files(_folder))
        {
            if (!file.Exists)
            {
                // By a name that is not valid UTF-8 nothing is found again; or it is gone since.
                _failed.Enqueue(Relative(name));
                _unopened++;
            }
            else if (file.Length == 0)
            {
                // Pipes and devices look like this too, and opening one would wait for ever.
                _unopened++;
            }
            else if (known.IsCurrent(Relative(name), file.Length, file.LastWriteTimeUtc.Ticks))
            {
                Unchanged++;
            }
            else
            {
                await todo.WriteAsync((name, file), cancellation);
            }
        }

        todo.Complete();
    }

    private async Task ReadAsync(ChannelReader<(string Name, FileInfo File)> todo, ChannelWriter<IndexEntry?> entries, CancellationToken cancellation)
    {
        await foreach (var (name, file) in todo.ReadAllAsync(cancellation))
        {
            await entries.WriteAsync(ReadHeader(name, file), cancellation);
        }
    }

    /// <summary>Null when the file is not DICOM.</summary>
    private IndexEntry? ReadHeader(string name, FileInfo file)
    {
        try
        {
            using var dicom = DicomFile.Open(name);
            var dataSet = dicom.DataSet;
            return new()
            {
                Path = Relative(name),
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
            _failed.Enqueue(Relative(name));
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
        var full = Path.Combine(_root.Path, path);
        return (_folder == _root.Path || full.StartsWith(_folder + "/", StringComparison.Ordinal)) && !File.Exists(full);
    }

    private string Relative(string name) => Path.GetRelativePath(_root.Path, name);
}
