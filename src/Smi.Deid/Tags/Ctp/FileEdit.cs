using Smi.Deid.Tags.Profile;
using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>What the editors of one file's data sets share.</summary>
internal sealed class FileEdit(CtpScript script, Evaluation run, DeidContext context)
{
    private static readonly Lazy<ProfileTable> BasicProfile = new(() => new ProfileTable(RetainOptions.None, cleansText: false));

    public CtpScript Script => script;

    public Evaluation Run => run;

    public DeidContext Context => context;

    public bool IsStrict => script.IsStrict;

    public bool IsRefused => run.Refusal is not null;

    /// <summary>True for what PS3.15 table E.1-1 treats, or would treat if it knew it, in a sequence that is kept by name.</summary>
    public static bool IsIdentifying(DicomTag tag) =>
        tag.IsPrivate || BasicProfile.Value.RuleFor(tag).Action != ProfileAction.Keep;

    public void CountRemoved() => context.Report.Removed++;

    public void CountReplaced() => context.Report.Replaced++;

    public void Note(string sentence) => context.Report.Note(sentence);
}
