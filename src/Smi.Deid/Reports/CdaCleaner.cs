using System.Text;
using System.Xml;
using System.Xml.Linq;
using Smi.Deid.Tags.Profile;

namespace Smi.Deid.Reports;

/// <summary>
/// Cleans a CDA or other XML document: names, addresses, telephones and numbers by their elements, dates moved, other text by the text cleaner.
/// Document types are prohibited, so no entity is ever resolved; comments and processing instructions go.
/// </summary>
internal sealed class CdaCleaner(ReportTexts texts, DeidContext context)
{
    private const long MostCharacters = 64L * 1024 * 1024;
    private const int Deepest = 256;

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "name", "given", "family", "prefix", "suffix", "representedOrganization" };
    private static readonly HashSet<string> Addresses = new(StringComparer.Ordinal) { "addr", "streetAddressLine", "city", "postalCode", "county", "houseNumber", "streetName" };

    // Attributes that hold codes of the schema or of public schemes.
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "code", "codeSystem", "codeSystemName", "codeSystemVersion", "classCode", "moodCode", "typeCode", "determinerCode", "contextConductionInd", "unit", "use", "nullFlavor", "type", "xmlns", "mediaType",
        "language", "styleCode", "inversionInd", "negationInd", "contextControlCode", "schemaLocation", "align", "border", "colspan", "rowspan", "width", "listType",
    };

    private readonly int days = context.Pseudonyms.DateShift(context.Patient);

    /// <summary>Null when the document is not well-formed or has a document type.</summary>
    public byte[]? Clean(ReadOnlyMemory<byte> document)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters, IgnoreComments = true, IgnoreProcessingInstructions = true };
            using var reader = XmlReader.Create(new MemoryStream(TrimPadding(document)), settings);
            var tree = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            if (tree.Root is not { } root || !CleanElement(root, 0)) return null;
            CleanTexts(root);
            return Write(tree);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static byte[] Write(XDocument tree)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) })) tree.Save(writer);
        return stream.ToArray();
    }

    private bool CleanElement(XElement element, int depth)
    {
        if (depth > Deepest) return false;
        foreach (var attribute in element.Attributes().ToList()) CleanAttribute(element, attribute);
        var name = element.Name.LocalName;
        if (Names.Contains(name) && !element.HasElements) return Replace(element, "[NAME]");
        if (Addresses.Contains(name) && !element.HasElements) return Replace(element, "[ADDRESS]");
        // Pictures and other parts in Base 64 cannot be cleaned here.
        if ((string?)element.Attribute("representation") == "B64") element.RemoveNodes();
        return element.Elements().All(child => CleanElement(child, depth + 1));
    }

    /// <summary>In the order of the document: half a name may stand in bold.</summary>
    private void CleanTexts(XElement root)
    {
        var nodes = root.DescendantNodesAndSelf().OfType<XText>().Where(node => !node.Value.All(char.IsWhiteSpace) && !IsPlaceholder(node.Value)).ToList();
        var cleaned = texts.CleanAll([.. nodes.Select(node => node.Value)]);
        for (var index = 0; index < nodes.Count; index++) nodes[index].Value = cleaned[index];
    }

    private static bool IsPlaceholder(string text) => text is "[NAME]" or "[ADDRESS]";

    private static bool Replace(XElement element, string placeholder)
    {
        if (!string.IsNullOrWhiteSpace(element.Value)) element.Value = placeholder;
        return true;
    }

    private void CleanAttribute(XElement element, XAttribute attribute)
    {
        if (attribute.IsNamespaceDeclaration || Kept.Contains(attribute.Name.LocalName) || attribute.Value.Length == 0) return;
        attribute.Value = (element.Name.LocalName, attribute.Name.LocalName) switch
        {
            ("templateId" or "typeId", _) => attribute.Value,
            ("telecom", "value") => "[PHONE]",
            ("id" or "setId", "extension") => context.Pseudonyms.Token("document-id", attribute.Value),
            (_, "root") => IsUid(attribute.Value) ? context.Pseudonyms.Uid(attribute.Value) : context.Pseudonyms.Token("document-id", attribute.Value),
            (_, "value") when attribute.Value.Length >= 8 && attribute.Value[..8].All(char.IsAsciiDigit) => Moved(attribute.Value),
            _ => texts.CleanShort(attribute.Value),
        };
    }

    private string Moved(string date)
    {
        context.Report.HasMovedDates = true;
        return DateShifter.Shift(date, days) ?? "";
    }

    private static bool IsUid(string value) => value.Length <= 64 && value.Contains('.', StringComparison.Ordinal) && value.All(character => char.IsAsciiDigit(character) || character == '.');

    private static byte[] TrimPadding(ReadOnlyMemory<byte> document) => document.Span.TrimEnd((byte)0).ToArray();
}
