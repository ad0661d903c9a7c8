using System.Globalization;
using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>Makes the rule table of a script and reports what is wrong in it.</summary>
internal sealed class CtpScriptCompiler
{
    private static readonly string[] SwitchNames = ["overlays", "curves", "privategroups", "unspecifiedelements"];
    private readonly FaultLog faults;
    private readonly CompileScope scope;
    private readonly CtpSwitches switches = new();
    private readonly Dictionary<string, CtpRule> rules = new(StringComparer.Ordinal);

    private CtpScriptCompiler(CtpScriptOptions options, FaultLog faults)
    {
        this.faults = faults;
        scope = new CompileScope(faults, options.Lookup);
    }

    public static CtpScript Compile(SourceText source, string name, CtpScriptOptions options, FaultLog faults)
    {
        var compiler = new CtpScriptCompiler(options, faults);
        var entries = ScriptReader.Read(source, faults);
        compiler.Define(entries);
        foreach (var entry in entries)
        {
            compiler.Take(entry);
        }

        compiler.CheckWhole(entries.Count == 0);
        return new CtpScript(name, source.Text, [.. compiler.rules.Values.OrderBy(rule => rule.Tag.Tag)], compiler.switches, faults);
    }

    // Parameters and names may be used above the line that defines them.
    private void Define(List<ScriptEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Kind == ScriptEntryKind.Parameter)
            {
                scope.DefineParameter(entry.Key, entry.Text.Text);
            }
            else if (entry.Kind == ScriptEntryKind.Element && entry.Name.Trim().Length > 0 && RuleTag.Parse(entry.Key) is { Tag.IsPrivate: true } tag)
            {
                scope.DefineName(entry.Name.Trim(), tag);
            }
        }
    }

    private void Take(ScriptEntry entry)
    {
        switch (entry.Kind)
        {
            case ScriptEntryKind.Element:
                TakeRule(entry);
                break;
            case ScriptEntryKind.Keep:
                TakeKeep(entry);
                break;
            case ScriptEntryKind.Remove:
                TakeRemove(entry);
                break;
        }
    }

    private void TakeRule(ScriptEntry entry)
    {
        if (RuleTag.Parse(entry.Key) is not { } tag)
        {
            faults.Fatal(entry.At, $"\"{entry.Key.Remove(Math.Min(4, entry.Key.Length), entry.Key.Length > 4 && entry.Key[4] == ',' ? 1 : 0)}\" is no tag, so the rule would never apply; write 8 hexadecimal digits, or group, [creator] and two digits");
            return;
        }

        var rule = new CtpRule(tag, entry.Text.Text, entry.At, new TemplateParser(scope).Parse(entry.Text));
        if (!CheckTag(entry, tag))
        {
            return;
        }

        CheckValue(entry, rule);
        if (rules.TryGetValue(tag.ToString(), out var other))
        {
            ReportDouble(entry, other, tag);
        }

        rules[tag.ToString()] = rule;
    }

    private void ReportDouble(ScriptEntry entry, CtpRule other, RuleTag tag)
    {
        if (other.Text == entry.Text.Text)
        {
            faults.Warn(entry.At, $"{tag} has this rule at line {other.Line} already; remove one of them");
        }
        else
        {
            faults.Fatal(entry.At, $"{tag} has another rule at line {other.Line}, and which of them wins is chance; remove one of them");
        }
    }

    // False for a rule that the original has without any effect.
    private bool CheckTag(ScriptEntry entry, RuleTag tag)
    {
        if (entry.Key.Replace(",", "", StringComparison.Ordinal).Trim().Length < 8 && tag.Creator is null)
        {
            faults.Fatal(entry.At, "the tag has fewer than 8 digits, so the rule would never apply; write all of them");
            return false;
        }

        if (tag.Tag.Group < 0x0008 && tag.Tag.Group != 0x0004)
        {
            faults.Warn(entry.At, $"the rule for {tag} never applies, because file meta information is made anew and commands are in no file");
        }
        else if (tag.Tag.IsGroupLength && tag.Creator is null)
        {
            faults.Warn(entry.At, $"the rule for {tag} never applies, because group lengths are always removed");
        }

        return true;
    }

    private void CheckValue(ScriptEntry entry, CtpRule rule)
    {
        if (rule.Constant is not { Kind: OutcomeKind.Text } outcome || rule.Tag.Tag.IsPrivate || rule.Tag.Tag == DicomTags.DeidentificationMethodCodeSequence)
        {
            return;
        }

        if (DicomDictionary.Find(rule.Tag.Tag) is { OtherVR: VR.None } known
            && ValueWriter.Write(rule.Tag.Tag, known.VR, outcome.Text, OriginalCharacterSet.Utf8) is null)
        {
            faults.Warn(entry.At, $"the text of the rule is no value of VR {known.VR}, so {rule.Tag} is emptied or removed; write a value that fits, or @empty() or @remove()");
        }
    }

    private void TakeKeep(ScriptEntry entry)
    {
        if (entry.Key.StartsWith("safe", StringComparison.Ordinal))
        {
            switches.KeepsSafePrivate = true;
        }
        else if (ushort.TryParse(entry.Key.Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var group))
        {
            switches.KeptGroups.Add(group);
        }
        else
        {
            faults.Warn(entry.At, $"\"{entry.Key}\" is no group and keeps nothing; write 4 hexadecimal digits");
        }
    }

    private void TakeRemove(ScriptEntry entry)
    {
        switches.RemovesOverlays |= entry.Key == "overlays";
        switches.RemovesCurves |= entry.Key == "curves";
        switches.RemovesPrivate |= entry.Key == "privategroups";
        switches.RemovesUnspecified |= entry.Key == "unspecifiedelements";
        if (!SwitchNames.Contains(entry.Key))
        {
            var near = Spelling.Nearest(entry.Key, SwitchNames);
            faults.Fatal(entry.At, $"\"{entry.Key}\" removes nothing; {(near is null ? $"switches are {string.Join(", ", SwitchNames)}" : $"did you mean {near}?")}");
        }
    }

    private void CheckWhole(bool isEmpty)
    {
        if (!isEmpty && rules.Count == 0 && !switches.RemovesUnspecified)
        {
            faults.Fatal(new Location(1, 1), "there is no rule that is switched on, so every value would pass; write rules, or use --tags basic");
        }
        else if (isEmpty && !faults.HasFatal)
        {
            faults.Fatal(new Location(1, 1), "there is no rule, so every value would pass; write rules, or use --tags basic");
        }

        foreach (var rule in rules.Values.Where(rule => switches.RemovesOverlays && CtpSwitches.IsOverlay(rule.Tag.Tag)))
        {
            faults.Warn(new Location(rule.Line, 1), $"the rule for {rule.Tag} never applies, because overlays are removed");
        }
    }
}
