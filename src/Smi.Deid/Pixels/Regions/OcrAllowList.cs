using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// Texts that may stay visible once they were read, in the format of dicompixelanon's <c>ocr_allowlist_regex.txt</c>: one expression a
/// line, matched with the whole text. An expression that cannot be used, or that looks at text beside what it matches, allows nothing.
/// </summary>
public sealed class OcrAllowList
{
    private const string CaseIgnored = "(?i)";
    private readonly HashSet<string> _literals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _literalsOfAnyCase = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RuleExpression> _expressions = [];
    private readonly List<RuleFinding> _findings = [];

    private OcrAllowList(string fingerprint) => Fingerprint = fingerprint;

    /// <summary>Of the list's content.</summary>
    public string Fingerprint { get; }

    /// <summary>Expressions that allow nothing because they cannot be used.</summary>
    public IReadOnlyList<RuleFinding> Findings => _findings;

    public int Count => _literals.Count + _literalsOfAnyCase.Count + _expressions.Count;

    public static OcrAllowList Load(string path) => Parse(Path.GetFileName(path), File.ReadLines(path));

    public static OcrAllowList Parse(string name, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        var list = new OcrAllowList(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all)))));
        var number = 0;
        foreach (var line in all)
        {
            number++;
            list.Add(line.TrimEnd('\r', '\n'), name, number);
        }

        return list;
    }

    /// <summary>True when an expression matches all of <paramref name="text"/>; blanks are part of it.</summary>
    public bool Allows(string text) =>
        _literals.Contains(text) || _literalsOfAnyCase.Contains(text) || _expressions.Exists(expression => expression.Matches(text) == true);

    private void Add(string line, string name, int number)
    {
        // An empty expression would allow nothing but the empty text.
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        var ignoresCase = line.StartsWith(CaseIgnored, StringComparison.Ordinal);
        var text = ignoresCase ? line[CaseIgnored.Length..] : line;
        if (Regex.Escape(text) == text || text.All(character => char.IsAsciiLetterOrDigit(character) || character is ' ' or '-' or '/' or ','))
        {
            (ignoresCase ? _literalsOfAnyCase : _literals).Add(text);
            return;
        }

        if (RuleExpression.Parse(line, isWhole: true, ignoresCase: false) is { } expression)
        {
            _expressions.Add(expression);
        }
        else
        {
            _findings.Add(new RuleFinding(name, number, "no usable expression; it allows nothing"));
        }
    }
}
