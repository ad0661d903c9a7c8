using Smi.Dicom;

namespace Smi.Deid.Explanations;

/// <summary>What a policy would do to each attribute of a file, and why. Nothing is written; pixels are not looked at.</summary>
public sealed class FileExplanation
{
    private FileExplanation(IReadOnlyList<ExplainedAttribute> attributes, string? refusal) => (Attributes, Refusal) = (attributes, refusal);

    /// <summary>In the order of tags, items behind their sequence.</summary>
    public IReadOnlyList<ExplainedAttribute> Attributes { get; }

    /// <summary>Why the file would not be let out; then there are no attributes.</summary>
    public string? Refusal { get; }

    /// <exception cref="DicomFormatException">The file cannot be read.</exception>
    public static FileExplanation Of(string path, DeidPolicy policy, Deidentifier deidentifier, DateTimeOffset now, CancellationToken cancellation)
    {
        using var source = DicomFile.Open(path);
        using var context = deidentifier.Prepare(source, path, "", now);
        IRuleReasons reasons = policy.Script is { } script ? new ScriptReasons(script) : new ProfileReasons(policy);
        IReadOnlyList<ExplainedAttribute>? afterTags = null;
        foreach (var stage in deidentifier.Stages.Where(stage => stage.Name != "pixels"))
        {
            if (stage.Apply(context, cancellation) is { } refusal)
            {
                return new FileExplanation([], $"{stage.Name}: {refusal.Reason}");
            }

            afterTags ??= AttributeDifferences.Of(context.Original, context.Edited, reasons);
        }

        if (!policy.IsStrictCtp)
        {
            MethodAttributes.Set(context);
        }

        var final = AttributeDifferences.Of(context.Original, context.Edited, reasons);
        return new FileExplanation([.. Merge(afterTags ?? [], final)], null);
    }

    // What the engines behind the tag stage changed says so behind the reason of the tag stage.
    private static IEnumerable<ExplainedAttribute> Merge(IReadOnlyList<ExplainedAttribute> afterTags, IReadOnlyList<ExplainedAttribute> final)
    {
        var before = afterTags.GroupBy(attribute => attribute.Path).ToDictionary(group => group.Key, group => group.First());
        foreach (var attribute in final)
        {
            var isLater = !before.TryGetValue(attribute.Path, out var earlier) || (earlier.What, earlier.After) != (attribute.What, attribute.After);
            yield return !isLater || attribute.What == "made" ? attribute : new ExplainedAttribute
            {
                Path = attribute.Path,
                What = attribute.What,
                Why = $"{attribute.Why}; then cleaned by the engine for texts, or replaced from the table of patient IDs",
                Before = attribute.Before,
                After = attribute.After,
            };
        }
    }
}
