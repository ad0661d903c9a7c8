using Smi.Deid.Identifiers;
using Smi.Deid.Verification;
using Smi.Dicom;
using Smi.Terminal;

namespace Smi.Verify;

/// <summary>Scans a folder of de-identified files for identifiers: those of the originals where they are given, and attributes that still hold some.</summary>
internal static class LeakScan
{
    public static int Run(string folder, string? originals, CancellationToken cancellation)
    {
        var known = originals is null ? KnownIdentifiers.None : GatherAll(originals, cancellation);
        var (files, leaks) = (0, 0);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsJobFile(path))
            {
                continue;
            }

            files++;
            foreach (var finding in Scan(path, known, cancellation))
            {
                leaks++;
                Console.WriteLine($"{Printable.Of(Path.GetRelativePath(folder, path))}: {finding}");
            }
        }

        Console.WriteLine($"{files} files scanned, {leaks} findings");
        return leaks > 0 ? ExitCode.Refused : ExitCode.Done;
    }

    // extract-images leaves the number of the job beside the files of an extraction.
    private static bool IsJobFile(string path) =>
        Path.GetFileName(path) == "jobId.txt" && new FileInfo(path).Length < 64 && Guid.TryParse(File.ReadAllText(path).Trim(), out _);

    private static KnownIdentifiers GatherAll(string folder, CancellationToken cancellation)
    {
        var all = new Dictionary<(IdentifierKind, string), KnownIdentifier>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                using var file = DicomFile.Open(path);
                foreach (var identifier in IdentifierGatherer.Gather(file).All)
                {
                    all.TryAdd((identifier.Kind, identifier.Value), identifier);
                }
            }
            catch (Exception exception) when (exception is DicomFormatException or DicomReadException)
            {
                // An original that cannot be read tells nothing; it had no output either.
            }
        }

        return new KnownIdentifiers([.. all.Values]);
    }

    private static List<string> Scan(string path, KnownIdentifiers known, CancellationToken cancellation)
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
        catch (Exception exception) when (exception is DicomFormatException or DicomReadException)
        {
            return [$"the file cannot be read: {exception.Message}"];
        }
    }
}
