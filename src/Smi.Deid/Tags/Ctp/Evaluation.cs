using Smi.Dicom;
using Smi.Dicom.CharacterSets;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// What rules see of one file while they are evaluated: the original data set, where they are in it, the clock. Used by one thread.
/// </summary>
internal sealed class Evaluation
{
    private const int DeepestRule = 16;
    private readonly CtpScript script;
    private readonly ValueElement? addedCharacterSet;
    private int ruleDepth;

    public Evaluation(CtpScript script, DicomDataSet root, DicomDataSet? fileMeta, DateTimeOffset now)
    {
        this.script = script;
        Root = root;
        DataSet = root;
        FileMeta = fileMeta;
        Now = now;
        addedCharacterSet = OriginalCharacterSet.Missing(root, script.IsStrict);
    }

    public DicomDataSet Root { get; }

    public DicomDataSet? FileMeta { get; }

    /// <summary>The original data set or item that the present attribute stands in.</summary>
    public DicomDataSet DataSet { get; private set; }

    /// <summary>How many items are around <see cref="DataSet"/>.</summary>
    public int Depth { get; private set; }

    /// <summary>The attribute that the present rule is for.</summary>
    public DicomTag This { get; private set; }

    public DateTimeOffset Now { get; }

    public bool IsStrict => script.IsStrict;

    /// <summary>The Specific Character Set that a file without a usable one is given, as the original does; null for other files.</summary>
    public ValueElement? AddedCharacterSet => addedCharacterSet;

    /// <summary>What the script itself put into the present value.</summary>
    public Directives Directives { get; private set; }

    /// <summary>The rule asked for its sequence to be walked through.</summary>
    public bool ProcessesItems { get; set; }

    /// <summary>Why this file cannot be let out; set once.</summary>
    public string? Refusal { get; private set; }

    public void Produce(Directives directives) => Directives |= directives;

    public string Refuse(string reason)
    {
        Refusal ??= reason;
        return "";
    }

    /// <summary>Evaluates a rule for an attribute of the present data set.</summary>
    public Outcome Evaluate(CtpRule rule, DicomTag tag)
    {
        This = tag;
        Directives = Directives.None;
        ProcessesItems = false;
        var value = JavaText.Trim(rule.Expression.Evaluate(this));
        return Outcome.Of(value, IsStrict ? (Directives)~0 : Directives);
    }

    /// <summary>The untrimmed value of a rule for an attribute that is to be made.</summary>
    public string EvaluateMissing(CtpRule rule, DicomTag tag)
    {
        This = tag;
        Directives = Directives.None;
        ProcessesItems = false;
        return rule.Expression.Evaluate(this);
    }

    /// <summary>The value that the rule of another attribute has here; null when it has no rule.</summary>
    public string? EvaluateOther(DicomTag tag)
    {
        if (script.FindRule(tag, DataSet) is not { } rule)
        {
            return null;
        }

        if (++ruleDepth > DeepestRule)
        {
            return Refuse($"the rule at line {rule.Line} depends on itself");
        }

        var present = This;
        This = tag;
        var value = rule.Expression.Evaluate(this);
        This = present;
        ruleDepth--;
        return value;
    }

    /// <summary>Goes into an item and runs <paramref name="work"/> there.</summary>
    public void Inside(DicomDataSet item, Action work)
    {
        var (around, tag) = (DataSet, This);
        DataSet = item;
        Depth++;
        work();
        Depth--;
        DataSet = around;
        This = tag;
    }

    public string? TextOf(DicomTag tag) => TextOf(DataSet, tag);

    /// <summary>The value of an attribute; null when it is missing. Group 0002 and lower is looked for in the file meta information.</summary>
    public string? TextOf(DicomDataSet dataSet, DicomTag tag)
    {
        if (tag.Group < 0x0008)
        {
            return FileMeta?.Find(tag) is { } meta ? OriginalText.Of(meta, FileMeta, CharacterSet.Default, IsStrict) : null;
        }

        return Find(dataSet, tag) is { } element ? OriginalText.Of(element, dataSet, CharacterSetOf(dataSet), IsStrict) : null;
    }

    /// <summary>Whether the attribute is in the present data set, even empty.</summary>
    public bool Contains(DicomTag tag) => Find(DataSet, tag) is not null;

    /// <summary>Whether it is there and not of zero length.</summary>
    public bool HasValue(DicomTag tag) => Find(DataSet, tag) is { } element and not ValueElement { Length: 0 };

    public SequenceElement? SequenceIn(DicomDataSet dataSet, DicomTag tag) =>
        tag.Group >= 0x0008 && dataSet.FindSequence(tag) is { } sequence && (!IsStrict || sequence.VR == VR.SQ) ? sequence : null;

    public CharacterSet CharacterSetOf(DicomDataSet dataSet) =>
        addedCharacterSet is not null && dataSet.CharacterSet == Root.CharacterSet ? OriginalCharacterSet.Latin1 : dataSet.CharacterSet;

    // The original reads up to Pixel Data and knows nothing behind it.
    private DicomElement? Find(DicomDataSet dataSet, DicomTag tag) =>
        tag == DicomTags.SpecificCharacterSet && addedCharacterSet is not null && ReferenceEquals(dataSet, Root) ? addedCharacterSet
        : IsStrict && ReferenceEquals(dataSet, Root) && tag >= DicomTags.PixelData && Root.Contains(DicomTags.PixelData) ? null
        : dataSet.Find(tag);
}
