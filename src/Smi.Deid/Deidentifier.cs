using System.Collections.Concurrent;
using Smi.Deid.Files;
using Smi.Deid.Identifiers;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Verification;
using Smi.Dicom;

namespace Smi.Deid;

/// <summary>
/// The journey of a file: read, gather what identifies the patient, run the stages, write a <c>.part</c>, verify what was written, and
/// only then give it its name. The folder command, the services and the tests all come through here. Safe to use from many threads.
/// </summary>
public sealed class Deidentifier(DeidPolicy policy, MasterKey key, IReadOnlyList<IDeidStage> stages, IVerifier verifier,
    Action<DeidContext>? onStaged = null)
{
    private const string MediaStorageDirectory = "1.2.840.10008.1.3.10";

    // One for each project, made by the first file of it.
    private readonly ConcurrentDictionary<string, ProjectKey> projectKeys = new(StringComparer.Ordinal);

    internal IReadOnlyList<IDeidStage> Stages => stages;

    /// <summary>All at once: <see cref="Stage"/> and then the final name.</summary>
    public DeidOutcome Run(DeidJob job, CancellationToken cancellation)
    {
        var result = Stage(job, cancellation);
        using var staged = result.File;
        return staged?.Commit() ?? result.Outcome ?? throw new InvalidOperationException("a staging result is a file or an outcome");
    }

    /// <summary>Everything but the final name.</summary>
    /// <exception cref="DicomReadException">The source cannot be read: permissions, a failing disk.</exception>
    /// <exception cref="IOException">Any other fault of this machine: the output cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the file is left behind.</exception>
    public StagingResult Stage(DeidJob job, CancellationToken cancellation)
    {
        try
        {
            using var reading = FileSpans.Start("read");
            using var handle = DicomFile.OpenHandle(job.Source.FullPath);
            if (!job.Source.Root.Holds(job.Source, handle))
            {
                return StagingResult.Refused("read", "the source is a link that leads out of its root");
            }

            using var source = DicomFile.Open(handle);
            reading?.Stop();
            return Work(job, source, cancellation);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && !File.Exists(job.Source.FullPath))
        {
            return StagingResult.Ended(new DeidOutcome.SourceMissing());
        }
        catch (DicomFormatException exception)
        {
            return StagingResult.Refused("read", exception.Message);
        }
        catch (DamagedOutputException exception)
        {
            return StagingResult.Refused("verification", exception.Message);
        }
    }

    private StagingResult Work(DeidJob job, DicomFile source, CancellationToken cancellation)
    {
        if (source.DataSet.Count == 0)
        {
            return StagingResult.Refused("read", "the data set is empty");
        }

        if (IsDirectory(source) && policy.RefusesDirectories)
        {
            return StagingResult.Refused("tags", "a DICOMDIR describes other files and is not de-identified by a profile; make a new one for the outputs");
        }

        using var context = Prepare(source, job.Source.FullPath, job.Project, job.SubmittedAt);
        foreach (var stage in stages)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Apply(stage, context, cancellation) is { } refusal)
            {
                return StagingResult.Refused(stage.Name, refusal.Reason);
            }
        }

        if (!policy.IsStrictCtp)
        {
            MethodAttributes.Set(context);
        }

        return WriteAndVerify(job, context, cancellation);
    }

    internal DeidContext Prepare(DicomFile source, string path, string project, DateTimeOffset now) => new()
    {
        Source = source,
        SourcePath = path,
        Edited = source.DataSet.Copy(),
        OutputSyntax = source.TransferSyntax,
        Pseudonyms = new Pseudonymiser(projectKeys.GetOrAdd(project, key.ForProject)),
        Patient = PatientIdentity.Of(source.DataSet, policy),
        Known = IdentifierGatherer.Gather(source),
        Policy = policy,
        Now = now,
    };

    private static Refusal? Apply(IDeidStage stage, DeidContext context, CancellationToken cancellation)
    {
        using var span = FileSpans.Start(stage.Name);
        try
        {
            return stage.Apply(context, cancellation);
        }
        catch (DicomFormatException exception)
        {
            return new Refusal(exception.Message);
        }
    }

    private StagingResult WriteAndVerify(DeidJob job, DeidContext context, CancellationToken cancellation)
    {
        if (OutputPath.Of(job, context.Edited) is not { } output)
        {
            return StagingResult.Refused("output", "the output path leaves its root, leads over a link, or cannot be made from the identifiers of the file");
        }

        // Nothing is left that could be verified, and no DICOM file is without attributes.
        var isEmpty = context.Edited.Count == 0;
        if (isEmpty && !policy.IsStrictCtp)
        {
            return StagingResult.Refused("tags", "the script leaves no attribute of this file");
        }

        var part = PartFile.NameIn(output.Folder);
        var keepPart = false;
        try
        {
            Write(part, context, cancellation);
            var findings = isEmpty ? [] : Verify(part, context, cancellation);
            if (findings.Count > 0 && !policy.IsStrictCtp && EmptyText(findings, context))
            {
                Write(part, context, cancellation);
                findings = Verify(part, context, cancellation);
            }

            if (findings.Count > 0 && !policy.IsStrictCtp)
            {
                return StagingResult.Refused("verification", Describe(findings));
            }

            onStaged?.Invoke(context);
            keepPart = true;
            return StagingResult.Staged(new StagedFile(part, output, context.Report, job.Overwrite));
        }
        finally
        {
            if (!keepPart && File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }

    private static void Write(string part, DeidContext context, CancellationToken cancellation)
    {
        using var span = FileSpans.Start("write");
        PartFile.Write(part, context, cancellation);
    }

    private IReadOnlyList<Finding> Verify(string part, DeidContext context, CancellationToken cancellation)
    {
        using var span = FileSpans.Start("verify");
        var findings = Find(part, SearchedFor(context), cancellation);
        if (policy.IsStrictCtp && findings.Count > 0)
        {
            context.Report.Note($"verification: {Describe(findings)}");
        }

        return findings;
    }

    private IReadOnlyList<Finding> Find(string part, KnownIdentifiers known, CancellationToken cancellation)
    {
        try
        {
            return verifier.Verify(part, known, cancellation);
        }
        catch (DicomFormatException exception)
        {
            throw new DamagedOutputException($"what was written does not parse: {exception.Message}", exception);
        }
    }

    private static KnownIdentifiers SearchedFor(DeidContext context)
    {
        foreach (var tag in context.Known.All.Select(identifier => identifier.Source).Where(context.KeptByPolicy.Contains).Distinct())
        {
            context.Report.Note($"{tag} is kept by policy, so its value was not searched for");
        }

        return new KnownIdentifiers([.. context.Known.All.Where(identifier => !context.KeptByPolicy.Contains(identifier.Source))]);
    }

    private static bool EmptyText(IReadOnlyList<Finding> findings, DeidContext context)
    {
        foreach (var finding in findings)
        {
            if (!finding.IsText || finding.Path.FindHolder(context.Edited) is not { } holder || holder.FindValue(finding.Path.Tag) is not { } element)
            {
                return false;
            }

            var values = holder.ValuesOf(element).ToArray();
            // A code without its meaning is no code (PS3.3 8.8); other text may be empty.
            values[finding.Value] = element.Tag == DicomTags.CodeMeaning ? "ANONYMIZED" : "";
            holder.Set(holder.TextElement(element.Tag, element.EffectiveVR, string.Join('\\', values).TrimEnd('\\')));
            context.Report.Note($"{finding.Path} still held an identifier and was emptied");
        }

        return true;
    }

    private static string Describe(IReadOnlyList<Finding> findings)
    {
        var first = findings[0];
        var more = findings.Count > 1 ? $", and {findings.Count - 1} more" : "";
        return $"an identifier of the original ({first.Kind}, from {first.Origin}) is still in {first.Path}{more}";
    }

    private static bool IsDirectory(DicomFile source) =>
        source.FileMeta?.GetString(DicomTags.MediaStorageSopClassUid) == MediaStorageDirectory
        || source.DataSet.Contains(DicomTags.DirectoryRecordSequence);
}
