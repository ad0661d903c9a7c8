using Smi.Deid.Identifiers;
using Smi.Deid.Verification;
using Smi.Dicom;
using Smi.Extraction.Settings;

namespace Smi.Extraction.IsIdentifiable;

/// <summary>Looks at an anonymised file: every text value by the rules, and the whole file for what its original tells about the patient.</summary>
internal sealed class FileExaminer(RuleSet rules, IsIdentifiableSettings settings)
{
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
            failures.AddRange(FindKnown(file, original, cancellation).Select(finding => Of(finding, resource, key)));
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
            // UIDs, dates, numbers and codes have a form of their own; what reads like a date there is one.
            IReadOnlyList<FailurePart> common = element.EffectiveVR.UsesCharacterSet() ? _common.Find(value) : [];
            var parts = await rules.FindAsync(column, value, common, cancellation);
            if (parts.Count > 0)
            {
                failures.Add(new() { Parts = parts, Resource = resource, ResourcePrimaryKey = key, ProblemField = column, ProblemValue = value });
            }
        }
    }

    private static IReadOnlyList<Finding> FindKnown(DicomFile output, string original, CancellationToken cancellation)
    {
        using var source = DicomFile.Open(original);
        return LeakVerifier.Find(output, IdentifierGatherer.Gather(source), cancellation);
    }

    // The finding says where, not what; the report does as well.
    private static ValueFailure Of(Finding finding, string resource, string key) => new()
    {
        Parts = [new() { Word = $"({finding.Kind}, known from {finding.Origin})", Classification = Classify(finding.Kind), Offset = -1 }],
        Resource = resource,
        ResourcePrimaryKey = key,
        ProblemField = finding.Path.ToString(),
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
