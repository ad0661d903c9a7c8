using Smi.Dicom;

namespace Smi.Deid.Pseudonyms;

/// <summary>
/// Gives every Patient ID that the tag policy has left, at every depth, its replacement from a table of the site. An ID that the table
/// does not have refuses the file.
/// </summary>
public sealed class PatientIdStage(IPatientIdTable table) : IDeidStage
{
    private static readonly Refusal NoId = new("there is no Patient ID that could be looked up in the table of patient IDs");

    public string Name => "tags";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        try
        {
            var before = context.Report.Replaced;
            if (Replace(context.Edited, context) is { } refusal)
            {
                return refusal;
            }

            // The table's word stands in the place of the original's, so the original must be nowhere.
            context.KeptByPolicy.Remove(DicomTags.PatientId);
            return context.Report.Replaced == before && !HasId(context.Original) ? NoId : null;
        }
        catch (PatientIdTableException fault)
        {
            return new Refusal(fault.Message);
        }
    }

    private Refusal? Replace(DicomDataSet edited, DeidContext context)
    {
        if (edited.FindValue(DicomTags.PatientId) is { Length: > 0 } && ReplaceOne(edited, context) is { } refusal)
        {
            return refusal;
        }

        foreach (var item in edited.Elements.OfType<SequenceElement>().SelectMany(sequence => sequence.Items).ToList())
        {
            if (Replace(item, context) is { } nested)
            {
                return nested;
            }
        }

        return null;
    }

    private static bool HasId(DicomDataSet original) => !string.IsNullOrWhiteSpace(original.GetString(DicomTags.PatientId));

    private Refusal? ReplaceOne(DicomDataSet edited, DeidContext context)
    {
        if (edited.Original is not { } holder || !HasId(holder) || holder.GetString(DicomTags.PatientId) is not { } original)
        {
            return NoId;
        }

        if (table.Find(original) is not { } replacement)
        {
            return new Refusal("the table of patient IDs has no entry for this patient");
        }

        if (PatientIdText.Fold(replacement) == PatientIdText.Fold(original))
        {
            return new Refusal("the table of patient IDs gives this patient the original ID back");
        }

        edited.SetString(DicomTags.PatientId, VR.LO, replacement);
        context.Report.Replaced++;
        return null;
    }
}
