using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>
/// De-identifies attributes by PS3.15 table E.1-1 at every depth, in sequences stored as UN too. Private attributes go, unless they are
/// on the safe list and the policy retains it; what the dictionary does not know goes.
/// </summary>
public sealed class ProfileTagStage : IDeidStage
{
    private readonly ProfileTable table;
    private readonly CleanText? clean;

    /// <param name="policy">Its retain options choose the columns of the table.</param>
    /// <param name="clean">Cuts what identifies out of descriptors; null removes them as the Basic Profile says.</param>
    public ProfileTagStage(DeidPolicy policy, CleanText? clean)
    {
        this.clean = clean;
        table = new ProfileTable(policy.Retain, clean is not null);
    }

    public string Name => "tags";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        ApplyTo(context.Edited, context);
        DeidentificationMarks.Set(context, clean is not null);
        return null;
    }

    /// <summary>Treats one data set and the items in it; for stages that put items of the original back.</summary>
    public void ApplyTo(DicomDataSet edited, DeidContext context)
    {
        var editor = new AttributeEditor(table, clean, context);
        editor.Edit(edited);
    }
}
