using Smi.Deid.Identifiers;
using Smi.Deid.Text.Tokens;

namespace Smi.Deid.Text.Known;

/// <summary>Finds the IDs, phone numbers and birth dates known from the header, with or without separators between their characters.</summary>
internal sealed class KnownNumbers : ITextFinder
{
    // A known number inside a longer one: so much of the longer one goes too.
    private const int LongestTail = 64;

    private const int Shortest = 4;
    private const int LongInsideNumber = 8;
    private readonly List<(string Compact, TextCategory Category)> wanted = [];

    public KnownNumbers(KnownIdentifiers known)
    {
        foreach (var identifier in known.All) AddIdentifier(identifier);
    }

    public void Find(TokenizedText text, SpanCollector spans)
    {
        if (wanted.Count == 0) return;
        var compact = new CompactText(text.Text);
        foreach (var (value, category) in wanted) FindValue(text.Text, compact, value, category, spans);
    }

    private void AddIdentifier(KnownIdentifier identifier)
    {
        switch (identifier.Kind)
        {
            case IdentifierKind.PatientId or IdentifierKind.OtherId: AddId(identifier.Value); break;
            case IdentifierKind.Device: AddDevice(identifier.Value); break;
            case IdentifierKind.Phone: AddPhone(identifier.Value); break;
            case IdentifierKind.BirthDate: AddBirthDate(identifier.Value); break;
            default: break;
        }
    }

    private void AddId(string value)
    {
        var compact = CompactText.Compact(value);
        if (compact.Length < Shortest || !compact.Any(char.IsAsciiDigit)) return;
        Want(compact, TextCategory.Id);
        // H5471447 is also written 5471447.
        var digits = compact.TrimStart([.. Enumerable.Range('A', 26).Select(letter => (char)letter)]);
        if (digits.Length >= 6 && digits.Length < compact.Length && digits.All(char.IsAsciiDigit)) Want(digits, TextCategory.Id);
        var significant = compact.TrimStart('0');
        if (significant.Length >= 6 && significant.Length < compact.Length) Want(significant, TextCategory.Id);
    }

    private void AddDevice(string value)
    {
        var compact = CompactText.Compact(value);
        if (compact.Length >= Shortest && compact.Any(char.IsAsciiDigit)) Want(compact, TextCategory.Device);
    }

    private void AddPhone(string value)
    {
        var digits = new string([.. value.Where(char.IsAsciiDigit)]);
        if (digits.Length < 6) return;
        Want(digits, TextCategory.Phone);
        if (digits[0] == '0' && digits.Length >= 9) Want("44" + digits[1..], TextCategory.Phone);
        if (digits.StartsWith("44", StringComparison.Ordinal) && digits.Length >= 11) Want("0" + digits[2..], TextCategory.Phone);
    }

    /// <summary>The compact notations; dates with separators are found in any case.</summary>
    private void AddBirthDate(string value)
    {
        if (value.Length != 8 || !value.All(char.IsAsciiDigit)) return;
        var (year, month, day) = (value[..4], value[4..6], value[6..]);
        string[] notations = [value, day + month + year, month + day + year, day + month + year[2..], year[2..] + month + day, month + day + year[2..]];
        foreach (var notation in notations) Want(notation, TextCategory.Date);
    }

    private void Want(string compact, TextCategory category)
    {
        if (!wanted.Exists(other => other.Compact == compact)) wanted.Add((compact, category));
    }

    private static void FindValue(string text, CompactText compact, string value, TextCategory category, SpanCollector spans)
    {
        for (var at = compact.IndexOf(value, 0); at >= 0; at = compact.IndexOf(value, at + 1))
        {
            var (start, end) = (compact.Position(at), compact.Position(at + value.Length - 1) + 1);
            if (!compact.IsJoined(at, value.Length)) continue;
            var whole = !IsAlphanumeric(text, start - 1) && !IsAlphanumeric(text, end);
            var inside = value.Length >= LongInsideNumber || (!IsDigit(text, start - 1) && !IsDigit(text, end) && value.Length >= 6 && category != TextCategory.Date);
            if (whole || inside) spans.Add(whole ? start : StartOfRun(text, start), whole ? end : EndOfRun(text, end), category, SpanStrength.Known, "known " + category.ToString().ToLowerInvariant());
        }
    }

    private static int StartOfRun(string text, int start)
    {
        for (var earliest = start - LongestTail; start > earliest && IsAlphanumeric(text, start - 1);) start--;
        return start;
    }

    private static int EndOfRun(string text, int end)
    {
        for (var latest = end + LongestTail; end < latest && IsAlphanumeric(text, end);) end++;
        return end;
    }

    private static bool IsAlphanumeric(string text, int index) => (uint)index < (uint)text.Length && char.IsLetterOrDigit(text[index]);

    private static bool IsDigit(string text, int index) => (uint)index < (uint)text.Length && char.IsAsciiDigit(text[index]);
}
