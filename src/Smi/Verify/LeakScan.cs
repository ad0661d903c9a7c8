using Smi.Anonymise;
using Smi.Deid.Identifiers;
using Smi.Deid.Verification;
using Smi.Dicom;
using Smi.Terminal;

namespace Smi.Verify;

/// <summary>
/// Scans a folder of de-identified files for identifiers: those of the originals where they are given, and attributes that still hold some. What
/// cannot be looked at is a finding too.
/// </summary>
internal sealed class LeakScan(CancellationToken cancellation)
{
    private int _files;
    private int _findings;

    /// <param name="folder">The de-identified files.</param>
    /// <param name="originals">Their originals, where they are at hand.</param>
    /// <param name="cancellation">Ends the scan between two files.</param>
    public static int Run(string folder, string? originals, CancellationToken cancellation) => new LeakScan(cancellation).Run(folder, originals);

    private int Run(string folder, string? originals)
    {
        var known = originals is null ? KnownIdentifiers.None : GatherAll(originals);
        foreach (var (path, trouble) in FilesIn(folder))
        {
            if (trouble is null && IsJobFile(path))
            {
                continue;
            }

            _files += trouble is null ? 1 : 0;
            foreach (var finding in trouble is null ? Scan(path, known) : [trouble])
            {
                Report(folder, path, finding);
            }
        }

        Console.WriteLine($"{_files} files scanned, {_findings} findings");
        return _findings > 0 ? ExitCode.Refused : ExitCode.Done;
    }

    private IEnumerable<InputFile> FilesIn(string folder)
    {
        foreach (var file in InputFiles.ThroughLinks(folder).OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return file;
        }
    }

    private void Report(string folder, string path, string finding)
    {
        _findings++;
        Console.WriteLine($"{Printable.Of(Path.GetRelativePath(folder, path))}: {finding}");
    }

    // extract-images leaves the number of the job beside the files of an extraction.
    private static bool IsJobFile(string path) =>
        Path.GetFileName(path) == "jobId.txt" && new FileInfo(path) is { Exists: true, Length: > 0 and < 64 } && Guid.TryParse(File.ReadAllText(path).Trim(), out _);

    private KnownIdentifiers GatherAll(string originals)
    {
        var all = new Dictionary<(IdentifierKind, string), KnownIdentifier>();
        foreach (var (path, trouble) in FilesIn(originals))
        {
            if ((trouble ?? Gather(path, all)) is { } fault)
            {
                Report(originals, path, $"of the originals: {fault}");
            }
        }

        return new KnownIdentifiers([.. all.Values]);
    }

    /// <summary>Why an original could not be looked at, or null.</summary>
    private static string? Gather(string path, Dictionary<(IdentifierKind, string), KnownIdentifier> all)
    {
        try
        {
            using var file = DicomFile.Open(path);
            foreach (var identifier in IdentifierGatherer.Gather(file).All)
            {
                all.TryAdd((identifier.Kind, identifier.Value), identifier);
            }

            return null;
        }
        catch (DicomFormatException)
        {
            // What is no DICOM tells nothing; it had no output either.
            return null;
        }
        catch (IOException exception)
        {
            return Unreadable(exception);
        }
    }

    private List<string> Scan(string path, KnownIdentifiers known)
    {
        try
        {
            using var file = DicomFile.Open(path);
            var findings = LeakVerifier.Find(file, known, cancellation)
                .Select(finding => $"{finding.Path} holds an identifier ({finding.Kind}, known from {finding.Origin} of an original)").ToList();
            if (file.TrailingBytes.Length > 0)
            {
                findings.Add("there are bytes behind the data set");
            }

            if (file.DataSet.GetString(DicomTags.PatientIdentityRemoved) != "YES")
            {
                findings.Add("(0012,0062) does not say that the patient's identity was removed");
            }

            findings.AddRange(RemainingIdentity.Of(file));
            return findings;
        }
        catch (Exception exception) when (exception is DicomFormatException or IOException)
        {
            return [Unreadable(exception)];
        }
    }

    private static string Unreadable(Exception exception) =>
        exception is FileNotFoundException or DirectoryNotFoundException ? "a link that leads nowhere" : $"the file cannot be read: {exception.Message}";
}
