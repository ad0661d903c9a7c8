using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using Smi.Dicom;

namespace Smi.ExplainText;

/// <summary>Writes texts with their identifying spans marked, and below each span its category and rule.</summary>
internal sealed class TextExplanation(TextCleaner cleaner, TextWriter output, bool inColour)
{
    private const string Reset = "\u001b[0m";

    public void ShowAll(DicomDataSet dataSet, KnownIdentifiers known) => ShowElements(dataSet, known, "");

    public void Show(string title, string text, KnownIdentifiers known, TextProfile profile)
    {
        var spans = cleaner.Find(text, known, profile);
        output.WriteLine($"{title}: {Marked(text, spans)}");
        foreach (var span in spans) output.WriteLine($"    {span.Start,6} {span.Category,-9} {span.Rule}: {text.Substring(span.Start, span.Length)}");
    }

    private void ShowElements(DicomDataSet dataSet, KnownIdentifiers known, string path)
    {
        foreach (var element in dataSet.Elements)
        {
            if (element is SequenceElement sequence)
            {
                for (var item = 0; item < sequence.Items.Count; item++) ShowElements(sequence.Items[item], known, $"{path}{element.Tag}[{item}].");
            }
            else if (element is ValueElement { Length: > 0 } value && value.EffectiveVR is VR.LO or VR.SH or VR.ST or VR.LT or VR.UT or VR.UC && dataSet.TextOf((ValueElement)element) is { Length: > 0 } text)
            {
                Show(path + element.Tag, text, known, element.Tag == DicomTags.TextValue ? TextProfile.Report : TextProfile.Descriptor);
            }
        }
    }

    private string Marked(string text, IReadOnlyList<TextSpan> spans)
    {
        var marked = new System.Text.StringBuilder();
        var position = 0;
        foreach (var span in spans)
        {
            var (open, close) = inColour ? (ColourOf(span.Category), Reset) : ("«", "»");
            marked.Append(text, position, span.Start - position).Append(open).Append(text, span.Start, span.Length).Append(close);
            position = span.End;
        }

        return marked.Append(text, position, text.Length - position).ToString();
    }

    private static string ColourOf(TextCategory category) => category switch
    {
        TextCategory.Name => "\u001b[41m",
        TextCategory.Date or TextCategory.Time or TextCategory.Age => "\u001b[44m",
        TextCategory.Id or TextCategory.Device => "\u001b[45m",
        TextCategory.Phone or TextCategory.Email or TextCategory.Url => "\u001b[46m",
        _ => "\u001b[42m",
    };
}
