using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Reports;

/// <summary>Stands in for what was cut, the same for the same original: pseudonyms for names and numbers, moved dates; a placeholder for everything else.</summary>
internal sealed class TextSurrogates
{
    private readonly DeidContext context;
    private readonly int days;
    private readonly HashSet<string> patientNames;
    private readonly HashSet<string> patientIds;

    public TextSurrogates(DeidContext context)
    {
        this.context = context;
        days = context.Pseudonyms.DateShift(context.Patient);
        patientNames = [.. context.Known.Of(IdentifierKind.PatientName).SelectMany(name => Parts(name.Value))];
        patientIds = [.. context.Known.Of(IdentifierKind.PatientId).Select(id => Compact(id.Value))];
    }

    public string Of(string value, TextSpan span) => span.Category switch
    {
        TextCategory.Name => OfName(value),
        TextCategory.Id => patientIds.Contains(Compact(value)) ? context.Pseudonyms.PatientId(context.Patient) : context.Pseudonyms.Token("text-id", Compact(value)),
        TextCategory.Date => DateSurrogate.Shift(value, days, context.Policy.Text.MonthFirst) ?? TextCutter.Placeholder(span),
        _ => TextCutter.Placeholder(span),
    };

    /// <summary>The patient by any part of the name; anybody else by the surname, as the person items of the report where one has it.</summary>
    private string OfName(string value)
    {
        var parts = Parts(value);
        // In prose a name has no empty components.
        if (parts.Any(patientNames.Contains)) return context.Pseudonyms.PatientName(context.Patient).TrimEnd('^');
        var surname = Surname(value);
        var person = context.Known.Of(IdentifierKind.OtherPersonName).FirstOrDefault(other => Folding.Fold(other.Value.Split('^')[0].Trim()) == surname);
        return ContentPersons.PseudonymOf(person?.Value ?? surname, context).TrimEnd('^');
    }

    private static string Surname(string value)
    {
        var inverted = value.IndexOfAny([',', '^']);
        var name = inverted > 0 ? value[..inverted] : value.TrimEnd('.', ' ').Split(' ')[^1];
        return Folding.Fold(name.Trim());
    }

    private static List<string> Parts(string name) =>
        [.. name.Split(['^', '=', ' ', ',', '-', '.'], StringSplitOptions.RemoveEmptyEntries).Select(Folding.Fold).Where(part => part.Length > 1)];

    private static string Compact(string value) => string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
