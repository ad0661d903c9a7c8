using System.Text.RegularExpressions;
using Smi.Extraction.Settings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Smi.Extraction.IsIdentifiable;

/// <summary>
/// Reads IsIdentifiable's rule files. An expression that is none is fatal in a rule that reports, since leaving it out could leak; in a
/// rule that ignores it is noted and left out, since then more is reported, not less.
/// </summary>
internal sealed class RuleFileReader
{
    private readonly List<BasicRule> _basic = [];
    private readonly List<IValueRule> _others = [];
    private readonly List<AllowlistRule> _allowed = [];
    private readonly List<string> _notes = [];

    /// <summary>What a file says wrongly without doing harm.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public RuleSet Build() => new(_basic, _others, _allowed);

    public void ReadAll(string? file, string? folder)
    {
        if (file is not null)
        {
            Read(file);
        }

        if (folder is not null)
        {
            foreach (var one in Directory.EnumerateFiles(folder, "*.yaml").Concat(Directory.EnumerateFiles(folder, "*.yml")).Order(StringComparer.Ordinal))
            {
                Read(one);
            }
        }
    }

    public void Read(string path)
    {
        using var text = new StreamReader(path);
        Read(text, path);
    }

    public void Read(TextReader text, string path)
    {
        var reading = new SettingsReading(path);
        var stream = new YamlStream();
        try
        {
            stream.Load(text);
        }
        catch (YamlException fault)
        {
            throw new SettingsException($"{path} line {fault.Start.Line}: not YAML: {fault.Message}", fault);
        }

        foreach (var document in stream.Documents)
        {
            var section = new YamlSection(reading, Path.GetFileName(path), document.RootNode as YamlMappingNode);
            ReadFile(section);
        }
    }

    private void ReadFile(YamlSection file)
    {
        foreach (var rule in file.Sections("BasicRules"))
        {
            AddBasic(rule);
        }

        foreach (var rule in file.Sections("SocketRules"))
        {
            _others.Add(ReadSocket(rule));
        }

        foreach (var rule in file.Sections("ConsensusRules"))
        {
            _others.Add(ReadConsensus(rule));
        }

        foreach (var rule in file.Sections("AllowlistRules").Concat(file.Sections("WhiteListRules")).Concat(file.Sections("AllowListRules")))
        {
            AddAllowed(rule);
        }

        file.Close();
    }

    private void AddBasic(YamlSection rule)
    {
        if (ReadBasic(rule) is { } read)
        {
            _basic.Add(read);
        }
    }

    private BasicRule? ReadBasic(YamlSection rule)
    {
        var action = rule.Choice("Action", RuleAction.None);
        var column = rule.OptionalText("IfColumn");
        var pattern = Pattern(rule, "IfPattern", mayBeLeftOut: action != RuleAction.Report, out var isLeftOut);
        var classification = rule.Choice("As", FailureClassification.None);
        rule.Close();
        if (isLeftOut)
        {
            return null;
        }

        // One that ignores would take the whole verification back.
        return column is null && pattern is null
            ? throw rule.Fault("IfPattern", "or IfColumn is needed: a rule without either would concern every value")
            : new BasicRule(action, column, pattern, classification);
    }

    private static SocketRule ReadSocket(YamlSection rule)
    {
        var socket = new SocketRule(rule.Text("Host", "localhost"), rule.Number("Port", 1881, 1, 65535));
        rule.Close();
        return socket;
    }

    private ConsensusRule ReadConsensus(YamlSection rule)
    {
        var rules = new List<IValueRule>();
        foreach (var inner in rule.Sections("Rules"))
        {
            if (inner.Has("Host"))
            {
                rules.Add(ReadSocket(inner));
            }
            else if (ReadBasic(inner) is { } basic)
            {
                rules.Add(basic);
            }
        }

        rule.Close();
        return rules.Count > 0 ? new ConsensusRule(rules) : throw rule.Fault("Rules", "needs rules that agree");
    }

    private void AddAllowed(YamlSection rule)
    {
        rule.Unused("Action");
        var column = rule.OptionalText("IfColumn");
        var pattern = Pattern(rule, "IfPattern", mayBeLeftOut: true, out var leftOut);
        var part = Pattern(rule, "IfPartPattern", mayBeLeftOut: true, out var partLeftOut);
        FailureClassification? classification = rule.OptionalText("As") is null ? null : rule.Choice("As", FailureClassification.None);
        rule.Close();
        if (leftOut || partLeftOut)
        {
            return;
        }

        if (column is null && pattern is null && part is null)
        {
            // It would take every report back.
            _notes.Add($"{rule.Path}: a rule that allows everything is left out");
            return;
        }

        _allowed.Add(new AllowlistRule(column, pattern, part, classification));
    }

    private RulePattern? Pattern(YamlSection rule, string key, bool mayBeLeftOut, out bool isLeftOut)
    {
        isLeftOut = false;
        var caseSensitive = rule.Flag("CaseSensitive", false);
        if (rule.OptionalText(key) is not { } text)
        {
            return null;
        }

        try
        {
            return new RulePattern(text, caseSensitive);
        }
        catch (RegexParseException fault) when (mayBeLeftOut)
        {
            _notes.Add($"{rule.Path}.{key} is left out: {fault.Error} at {fault.Offset}");
            isLeftOut = true;
            return null;
        }
        catch (RegexParseException fault)
        {
            throw rule.Fault(key, $"is no regular expression: {fault.Error} at {fault.Offset}");
        }
    }
}
