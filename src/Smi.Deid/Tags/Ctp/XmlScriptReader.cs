using System.Text;
using System.Xml;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// Reads the XML form. Only direct children of the root named p, e, k and r are rules; a DOCTYPE is skipped and nothing outside the
/// file is ever fetched.
/// </summary>
internal sealed class XmlScriptReader
{
    private const int RuleDepth = 1;
    private readonly SourceText source;
    private readonly FaultLog faults;
    private readonly List<ScriptEntry> entries = [];
    private readonly StringBuilder text = new();
    private readonly List<int> origins = [];
    private readonly Dictionary<string, string> attributes = new(StringComparer.Ordinal);
    private string name = "";
    private Location at;

    private XmlScriptReader(SourceText source, FaultLog faults)
    {
        this.source = source;
        this.faults = faults;
    }

    public static List<ScriptEntry> Read(SourceText source, FaultLog faults)
    {
        var reader = new XmlScriptReader(source, faults);
        try
        {
            reader.ReadAll();
        }
        catch (XmlException exception)
        {
            var place = new Location(Math.Max(1, exception.LineNumber), Math.Max(1, exception.LinePosition));
            faults.Broken(place, "the script is not well-formed XML, and none of its rules can be trusted; " + WayOut(exception));
        }

        return reader.entries;
    }

    private static string WayOut(XmlException exception) =>
        exception.Message.Contains("entity", StringComparison.OrdinalIgnoreCase) ? "write & as &amp; and use no entities of your own"
        : exception.Message.Contains("end tag", StringComparison.OrdinalIgnoreCase) ? "close every tag in the order it was opened"
        : exception.Message.Contains("root element", StringComparison.OrdinalIgnoreCase) ? "put all rules inside one <script> … </script>"
        : "check quotes, < and & here";

    private void ReadAll()
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        using var reader = XmlReader.Create(new StringReader(source.Text), settings);
        while (reader.Read())
        {
            Take(reader, (IXmlLineInfo)reader);
        }
    }

    private void Take(XmlReader reader, IXmlLineInfo place)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element when reader.Depth == RuleDepth:
                Begin(reader, place);
                break;
            case XmlNodeType.Element when reader.Depth > RuleDepth:
                faults.Warn(Here(place), $"<{reader.Name}> inside a rule has no effect");
                break;
            case XmlNodeType.EndElement when reader.Depth == RuleDepth:
                Finish();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when reader.Depth > RuleDepth:
                Append(reader.Value, source.IndexOf(place.LineNumber, place.LinePosition), reader.NodeType == XmlNodeType.CDATA);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA:
                faults.Warn(Here(place), "text outside a rule has no effect");
                break;
        }
    }

    private static Location Here(IXmlLineInfo place) => new(place.LineNumber, place.LinePosition);

    private void Begin(XmlReader reader, IXmlLineInfo place)
    {
        name = reader.Name;
        at = Here(place);
        text.Clear();
        origins.Clear();
        attributes.Clear();
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            attributes[reader.Name] = reader.Value;
        }

        reader.MoveToElement();
        if (isEmpty)
        {
            Finish();
        }
    }

    // The parser expands references and folds line ends; the origin of each character is found by walking the raw text beside it.
    private void Append(string value, int raw, bool isVerbatim)
    {
        foreach (var character in value)
        {
            text.Append(character);
            origins.Add(Math.Min(raw, source.Text.Length));
            if (!isVerbatim && raw < source.Text.Length && source.Text[raw] == '&')
            {
                var end = source.Text.IndexOf(';', raw);
                raw = end < 0 ? raw : end;
            }
            else if (character == '\n' && raw < source.Text.Length && source.Text[raw] == '\r')
            {
                raw++;
            }

            raw++;
        }
    }

    private void Finish()
    {
        var value = new ScriptText(source, text.ToString(), [.. origins]);
        switch (name)
        {
            case "p":
                entries.Add(new ScriptEntry(ScriptEntryKind.Parameter, Attribute("t"), "", value, at));
                break;
            case "e" when IsEnabled():
                AddElementRule(value);
                break;
            case "k" when IsEnabled():
                entries.Add(new ScriptEntry(ScriptEntryKind.Keep, Attribute("t"), "", value, at));
                break;
            case "r" when IsEnabled():
                entries.Add(new ScriptEntry(ScriptEntryKind.Remove, Attribute("t"), "", value, at));
                break;
            case "e" or "k" or "r":
                break;
            case "P" or "E" or "K" or "R":
                faults.Fatal(at, $"<{name}> is no rule, because names of rules are lower case; write <{name.ToLowerInvariant()}>");
                break;
            default:
                faults.Warn(at, $"<{name}> is no rule and has no effect; rules are <p>, <e>, <k> and <r>");
                break;
        }
    }

    private string Attribute(string key) => attributes.GetValueOrDefault(key, "");

    private bool IsEnabled()
    {
        var enabled = Attribute("en");
        if (enabled is not ("T" or "F"))
        {
            faults.Fatal(at, $"<{name}> is switched off because its en is not T; write en=\"T\", or en=\"F\" if that is meant");
        }

        return enabled == "T";
    }

    private void AddElementRule(ScriptText value)
    {
        var tag = Attribute("t");
        if (tag.Length < 4)
        {
            faults.Broken(at, $"t=\"{tag}\" is no tag; write 8 hexadecimal digits, or group, [creator] and two digits");
            return;
        }

        entries.Add(new ScriptEntry(ScriptEntryKind.Element, $"{tag[..4]},{tag[4..]}", Attribute("n"), value.Trim(), at));
    }
}
