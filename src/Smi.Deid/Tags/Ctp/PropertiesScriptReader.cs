namespace Smi.Deid.Tags.Ctp;

/// <summary>Reads the properties form: <c>set.[gggg,eeee]Name=</c>, <c>param.X=</c>, <c>keep.groupgggg=</c>, <c>remove.X=</c>.</summary>
internal static class PropertiesScriptReader
{
    private const string KeepGroup = "keep.group";
    private const string KeepSafePrivate = "keep.safeprivateelements";

    public static List<ScriptEntry> Read(SourceText source, FaultLog faults)
    {
        var entries = new List<ScriptEntry>();
        foreach (var (key, value, at) in PropertiesReader.Read(source))
        {
            if (EntryOf(key, value, at) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                faults.Fatal(at, $"\"{key}\" is no rule; rules begin with set.[, param., keep. or remove., and a line that is meant as a comment with #");
            }
        }

        return entries;
    }

    private static ScriptEntry? EntryOf(string key, ScriptText value, Location at)
    {
        if (key.StartsWith("param.", StringComparison.Ordinal))
        {
            return new ScriptEntry(ScriptEntryKind.Parameter, key["param.".Length..], "", value, at);
        }

        if (key.StartsWith("remove.", StringComparison.Ordinal))
        {
            return new ScriptEntry(ScriptEntryKind.Remove, key["remove.".Length..], "", value, at);
        }

        if (key.StartsWith(KeepGroup, StringComparison.Ordinal) || key == KeepSafePrivate)
        {
            var kept = key == KeepSafePrivate ? "safeprivateelements" : key[KeepGroup.Length..].Trim();
            return new ScriptEntry(ScriptEntryKind.Keep, kept, "", value, at);
        }

        return ElementRule(key, value, at);
    }

    private static ScriptEntry? ElementRule(string key, ScriptText value, Location at)
    {
        var end = key.StartsWith("set.[", StringComparison.Ordinal) ? ClosingBracket(key, "set.".Length) : -1;
        if (end < 0)
        {
            return null;
        }

        var tag = key["set.[".Length..end];
        return new ScriptEntry(ScriptEntryKind.Element, tag, key[(end + 1)..].Trim(), value.Trim(), at);
    }

    private static int ClosingBracket(string text, int open)
    {
        var depth = 0;
        for (var index = open; index < text.Length; index++)
        {
            depth += text[index] == '[' ? 1 : text[index] == ']' ? -1 : 0;
            if (depth == 0)
            {
                return index;
            }
        }

        return -1;
    }
}
