namespace Smi.Deid.Tags.Ctp;

/// <summary>Tells the two forms of a script apart, as the original does: a line that begins with &lt; makes it XML.</summary>
internal static class ScriptReader
{
    public static List<ScriptEntry> Read(SourceText source, FaultLog faults)
    {
        if (string.IsNullOrWhiteSpace(source.Text))
        {
            faults.Fatal(new Location(1, 1), "the script is empty and would let every value through; write rules, or use --tags basic");
            return [];
        }

        var isXml = source.Text.Split('\n').Any(line => line.AsSpan().TrimStart().StartsWith("<"));
        return isXml ? XmlScriptReader.Read(source, faults) : PropertiesScriptReader.Read(source, faults);
    }
}
