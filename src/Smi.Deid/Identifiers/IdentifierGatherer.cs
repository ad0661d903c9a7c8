using Smi.Dicom;

namespace Smi.Deid.Identifiers;

/// <summary>
/// Reads what identifies the patient from the original data set, at every depth: the attributes of
/// <c>identifying-attributes.tsv</c>, and every person name wherever it stands.
/// </summary>
public static class IdentifierGatherer
{
    private const int LongestValue = 1024;

    public static KnownIdentifiers Gather(DicomFile file)
    {
        var found = new Dictionary<(IdentifierKind, string), KnownIdentifier>();
        Gather(file.DataSet, found);
        return new KnownIdentifiers([.. found.Values]);
    }

    private static void Gather(DicomDataSet dataSet, Dictionary<(IdentifierKind, string), KnownIdentifier> found)
    {
        foreach (var element in dataSet.Elements)
        {
            if (element is SequenceElement sequence)
            {
                foreach (var item in sequence.Items)
                {
                    Gather(item, found);
                }
            }
            else if (element is ValueElement { Length: > 0 and <= LongestValue } value && IdentifierKinds.Of(value) is { } kind)
            {
                Add(dataSet, value, kind, found);
            }
        }
    }

    private static void Add(DicomDataSet dataSet, ValueElement element, IdentifierKind kind, Dictionary<(IdentifierKind, string), KnownIdentifier> found)
    {
        foreach (var value in dataSet.ValuesOf(element))
        {
            if (value.Length > 0)
            {
                found.TryAdd((kind, value), new KnownIdentifier { Kind = kind, Value = value, Source = element.Tag });
            }
        }
    }
}
