using System.Text.Json;
using System.Text.RegularExpressions;

namespace Smi.Deid.Text.Rules;

/// <summary>
/// A rule file in the form of SemEHR: JSON with PHI_rules, groups of rules, each with pattern, flags, data_labels, data_type, disabled, test_true and
/// test_false. Its own tests are run when it is loaded; one that fails is a warning. An expression that cannot be understood stops loading, for leaving it out would leak.
/// </summary>
public sealed class TextRuleFile
{
    /// <summary>An expression that needs backtracking may take this long on one text, then the file is refused.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Labels of groups that name what was found; they are no part of it.
    private static readonly string[] NotIdentifying = ["label", "title", "title2", "title3", "inst_type", "partial"];

    private TextRuleFile(string name, IReadOnlyList<TextRule> rules, IReadOnlyList<string> warnings)
    {
        Name = name;
        Rules = rules;
        Warnings = warnings;
    }

    public string Name { get; }

    public IReadOnlyList<string> Warnings { get; }

    public int Count => Rules.Count;

    internal IReadOnlyList<TextRule> Rules { get; }

    public static TextRuleFile Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(Path.GetFileName(path), stream);
    }

    public static TextRuleFile Read(string name, Stream json)
    {
        using var document = Parse(name, json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("PHI_rules", out var groups) || groups.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"{name}: a rule file is an object with PHI_rules");
        }

        var rules = new List<TextRule>();
        var warnings = new List<string>();
        foreach (var group in groups.EnumerateObject())
        {
            var number = 0;
            foreach (var rule in Items(name, group)) AddRule($"{name} {group.Name}[{number++}]", rule, rules, warnings);
        }

        return new TextRuleFile(name, rules, warnings);
    }

    private static JsonDocument Parse(string name, Stream json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{name} line {fault.LineNumber + 1}: not JSON", fault);
        }
    }

    private static JsonElement.ArrayEnumerator Items(string name, JsonProperty group) =>
        group.Value.ValueKind == JsonValueKind.Array ? group.Value.EnumerateArray() : throw new InvalidDataException($"{name} {group.Name}: not a list of rules");

    private static void AddRule(string rule, JsonElement json, List<TextRule> rules, List<string> warnings)
    {
        if (json.TryGetProperty("disabled", out var disabled) && disabled.ValueKind == JsonValueKind.True) return;
        if (!json.TryGetProperty("pattern", out var pattern) || pattern.ValueKind != JsonValueKind.String) throw new InvalidDataException($"{rule}: no pattern");
        var expression = Compile(rule, pattern.GetString() ?? "", Strings(json, "flags"));
        var labels = Strings(json, "data_labels").ToArray();
        var type = json.TryGetProperty("data_type", out var dataType) ? dataType.GetString() ?? "" : "";
        rules.Add(new TextRule(rule, expression, IdentifyingGroups(expression, labels), RuleCategories.Of(type)));
        RunTests(rule, json, expression, warnings);
    }

    private static Regex Compile(string rule, string pattern, IEnumerable<string> flags)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var flag in flags)
        {
            options |= flag.ToUpperInvariant() switch
            {
                "IGNORECASE" or "I" => RegexOptions.IgnoreCase,
                "MULTILINE" or "M" => RegexOptions.Multiline,
                "DOTALL" or "S" => RegexOptions.Singleline,
                _ => throw new InvalidDataException($"{rule}: unknown flag '{flag}'; known are ignorecase, multiline, dotall"),
            };
        }

        // The rules were written for Python, where a named group is (?P<name>…).
        var translated = pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);
        try
        {
            return new Regex(translated, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Look-arounds and back references need the other engine; it gets a time limit.
            return new Regex(translated, options, Patience);
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"{rule}: the pattern cannot be understood: {fault.Message}", fault);
        }
    }

    /// <summary>The groups to cut: those whose label names no heading. Without groups or labels, the whole match.</summary>
    private static List<int> IdentifyingGroups(Regex expression, string[] labels)
    {
        var groups = expression.GetGroupNumbers().Length - 1;
        var identifying = new List<int>();
        for (var group = 1; group <= groups && group <= labels.Length; group++)
        {
            if (!NotIdentifying.Contains(labels[group - 1], StringComparer.OrdinalIgnoreCase)) identifying.Add(group);
        }

        if (identifying.Count == 0) identifying.Add(0);
        return identifying;
    }

    private static void RunTests(string rule, JsonElement json, Regex expression, List<string> warnings)
    {
        var positives = Strings(json, "test_true").Concat(Strings(json, "tests")).ToList();
        var negatives = Strings(json, "test_false").ToList();
        for (var test = 0; test < positives.Count; test++)
        {
            if (!IsMatch(rule, expression, positives[test])) warnings.Add($"{rule}: its own test_true {test + 1} of {positives.Count} does not match");
        }

        for (var test = 0; test < negatives.Count; test++)
        {
            if (IsMatch(rule, expression, negatives[test])) warnings.Add($"{rule}: its own test_false {test + 1} of {negatives.Count} matches");
        }
    }

    private static bool IsMatch(string rule, Regex expression, string test)
    {
        try
        {
            return expression.IsMatch(test);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new InvalidDataException($"{rule}: the pattern runs out of time on its own test");
        }
    }

    private static IEnumerable<string> Strings(JsonElement json, string property)
    {
        if (!json.TryGetProperty(property, out var value)) return [];
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString() ?? ""),
            JsonValueKind.String => [value.GetString() ?? ""],
            _ => [],
        };
    }
}
