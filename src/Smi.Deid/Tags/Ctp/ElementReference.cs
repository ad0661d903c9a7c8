using System.Globalization;
using System.Text.RegularExpressions;
using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>An attribute named in an argument: <c>this</c>, a name, digits, a private block, or a path through first items.</summary>
internal sealed partial class ElementReference
{
    private const string RootPrefix = "root:";
    private readonly Step[] steps;
    private readonly bool fromRoot;

    private ElementReference(Step[] steps, bool fromRoot, bool isThis)
    {
        this.steps = steps;
        this.fromRoot = fromRoot;
        IsThis = isThis;
    }

    public bool IsThis { get; }

    /// <summary>A step of it names nothing.</summary>
    public bool IsUnknown => !IsThis && (steps.Length == 0 || steps.Any(step => step.Tag is null));

    public static ElementReference Parse(string text, CompileScope scope)
    {
        var name = JavaText.Trim(text);
        if (name == "this")
        {
            return new ElementReference([], false, true);
        }

        var fromRoot = name.StartsWith(RootPrefix, StringComparison.Ordinal);
        name = fromRoot ? JavaText.Trim(name[RootPrefix.Length..]) : name;
        return name.Length == 0
            ? new ElementReference([], fromRoot, false)
            : new ElementReference([.. name.Split("::").Select(step => Step.Parse(step, scope))], fromRoot, false);
    }

    /// <summary>The value of the attribute in the original; null when it is missing.</summary>
    public string? Read(Evaluation run)
    {
        if (IsThis)
        {
            return run.TextOf(run.This);
        }

        return ReadIn(fromRoot ? run.Root : run.DataSet, run);
    }

    /// <summary>The value in another data set than the present one.</summary>
    public string? ReadIn(DicomDataSet dataSet, Evaluation run) =>
        Locate(dataSet, run.SequenceIn) is var (holder, tag) ? run.TextOf(holder, tag) : null;

    /// <summary>The data set or item that the attribute stands in, and its tag there; null when a step of the path leads nowhere.</summary>
    public (DicomDataSet Holder, DicomTag Tag)? Locate(DicomDataSet dataSet, Func<DicomDataSet, DicomTag, SequenceElement?> sequenceIn)
    {
        for (var index = 0; index < steps.Length; index++)
        {
            if (steps[index].Resolve(dataSet) is not { } tag)
            {
                return null;
            }

            if (index == steps.Length - 1)
            {
                return (dataSet, tag);
            }

            if (sequenceIn(dataSet, tag) is not { Items: [var first, ..] })
            {
                return null;
            }

            dataSet = first;
        }

        return null;
    }

    /// <summary>The tag where only an attribute of the present data set can be meant: no path.</summary>
    public DicomTag? FindTag(Evaluation run) =>
        IsThis ? run.This : steps is [var step] && !fromRoot ? step.Resolve(run.DataSet) : null;

    private sealed partial record Step(RuleTag? Tag)
    {
        public static Step Parse(string text, CompileScope scope)
        {
            var name = Unwrapped(text.Trim(), '{', '}') ?? Unwrapped(text.Trim(), '[', ']') ?? Unwrapped(text.Trim(), '(', ')') ?? text.Trim();
            if (ElementNames.Find(name) is { } named)
            {
                return new Step(RuleTag.Of(named));
            }

            if (Digits().IsMatch(name))
            {
                return new Step(RuleTag.Of(new DicomTag(uint.Parse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))));
            }

            return new Step(RuleTag.Parse(name) ?? scope.FindName(name) ?? RuleTag.Parse(text.Trim()));
        }

        public DicomTag? Resolve(DicomDataSet dataSet) => Tag?.Resolve(dataSet);

        private static string? Unwrapped(string text, char open, char close) =>
            text.Length >= 2 && text[0] == open && text[^1] == close ? text[1..^1].Trim() : null;

        [GeneratedRegex(@"\A[0-9a-fA-F]{1,8}\z", RegexOptions.NonBacktracking)]
        private static partial Regex Digits();
    }
}
