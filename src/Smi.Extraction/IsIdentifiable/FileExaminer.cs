using Smi.Deid.Identifiers;
using Smi.Deid.Verification;
using Smi.Dicom;
using Smi.Extraction.Settings;

namespace Smi.Extraction.IsIdentifiable;

/// <summary>
/// Looks at an anonymised file: every text value by the rules, and the whole file and its path for what its original tells about the patient.
/// </summary>
/// <param name="rules">What values are looked at by.</param>
/// <param name="settings">What is left out.</param>
/// <param name="mayHoldOriginalUids">True when paths are made of the original's UIDs on purpose, which are no finding then.</param>
internal sealed class FileExaminer(RuleSet rules, IsIdentifiableSettings settings, bool mayHoldOriginalUids)
{
    private const string PathField = "OutputFilePath";

    // Shorter ones are numbers that any path may hold.
    private const int ShortestUid = 8;
    private static readonly DicomTag[] Uids = [DicomTags.StudyInstanceUid, DicomTags.SeriesInstanceUid, DicomTags.SopInstanceUid];

    private readonly CommonIdentifiers _common = new(settings);
    private readonly HashSet<string> _skipped = new(settings.SkipColumns, StringComparer.OrdinalIgnoreCase);

    /// <param name="output">The anonymised file.</param>
    /// <param name="resource">How reports name it.</param>
    /// <param name="original">The file it was made from; null when that cannot be read any more.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<IReadOnlyList<ValueFailure>> ExamineAsync(string output, string resource, string? original, CancellationToken cancellation)
    {
        using var file = DicomFile.Open(output);
        var key = file.DataSet.GetString(DicomTags.SopInstanceUid) ?? "";
        var failures = new List<ValueFailure>();
        await ExamineAsync(file.DataSet, resource, key, failures, cancellation);
        if (original is not null)
        {
            using var source = DicomFile.Open(original);
            var known = IdentifierGatherer.Gather(source);
            failures.AddRange(LeakVerifier.Find(file, known, cancellation).Select(finding => Known(finding.Kind, finding.Origin, finding.Path.ToString(), resource, key)));
            failures.AddRange(ExaminePath(resource, key, source, known));
        }

        return failures;
    }

    private async Task ExamineAsync(DicomDataSet dataSet, string resource, string key, List<ValueFailure> failures, CancellationToken cancellation)
    {
        foreach (var element in dataSet.Elements)
        {
            if (element is SequenceElement sequence)
            {
                foreach (var item in sequence.Items)
                {
                    await ExamineAsync(item, resource, key, failures, cancellation);
                }
            }
            else if (element is ValueElement value && element.EffectiveVR.IsText() && value.Length > 0)
            {
                await ExamineAsync(dataSet, value, resource, key, failures, cancellation);
            }
        }
    }

    private async Task ExamineAsync(
        DicomDataSet dataSet, ValueElement element, string resource, string key, List<ValueFailure> failures, CancellationToken cancellation)
    {
        var column = DicomDictionary.Find(element.Tag)?.Keyword is { Length: > 0 } keyword ? keyword : element.Tag.ToString();
        if (_skipped.Contains(column))
        {
            return;
        }

        foreach (var value in dataSet.ValuesOf(element).Where(value => value.Length > 0))
        {
            // For rules the components of a name are words of it, as for the original's.
            var plain = value.Replace('^', ' ');

            // UIDs, dates, numbers and codes have a form of their own; what reads like a date there is one.
            IReadOnlyList<FailurePart> common = element.EffectiveVR.UsesCharacterSet() ? _common.Find(plain) : [];
            var parts = await rules.FindAsync(column, plain, common, cancellation);
            if (parts.Count > 0)
            {
                failures.Add(new() { Parts = parts, Resource = resource, ResourcePrimaryKey = key, ProblemField = column, ProblemValue = value });
            }
        }
    }

    private IEnumerable<ValueFailure> ExaminePath(string path, string key, DicomFile source, KnownIdentifiers known)
    {
        if (LeakVerifier.FindInPath(path, known) is { } found)
        {
            yield return Known(found.Kind, found.Source, PathField, path, key);
        }

        foreach (var tag in Uids.Where(_ => !mayHoldOriginalUids))
        {
            if (source.DataSet.GetString(tag) is { Length: >= ShortestUid } uid && path.Split('/').Any(part => part.Contains(uid, StringComparison.Ordinal)))
            {
                yield return Known(IdentifierKind.OtherId, tag, PathField, path, key);
            }
        }
    }

    // The finding says where, not what; the report does as well.
    private static ValueFailure Known(IdentifierKind kind, DicomTag origin, string field, string resource, string key) => new()
    {
        Parts = [new() { Word = $"({kind}, known from {origin})", Classification = Classify(kind), Offset = -1 }],
        Resource = resource,
        ResourcePrimaryKey = key,
        ProblemField = field,
        ProblemValue = "(an identifier of the original)",
    };

    private static FailureClassification Classify(IdentifierKind kind) => kind switch
    {
        IdentifierKind.PatientName or IdentifierKind.OtherPersonName => FailureClassification.Person,
        IdentifierKind.BirthDate => FailureClassification.Date,
        IdentifierKind.Address => FailureClassification.Location,
        IdentifierKind.Institution => FailureClassification.Organization,
        _ => FailureClassification.PrivateIdentifier,
    };
}
