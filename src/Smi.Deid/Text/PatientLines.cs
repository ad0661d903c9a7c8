using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text;

/// <summary>Numbers without a label on the line that begins with the patient: "PATIENT SMITH JOHN  RVJ 387081".</summary>
internal static class PatientLines
{
    private const int ShortestNumber = 6;
    private static readonly string[] Beginnings = ["patient", "pt", "name", "surname", "client", "subject"];

    public static void Find(TokenizedText text, SpanCollector spans)
    {
        var patient = false;
        for (var index = 0; index < text.Count; index++)
        {
            if (text[index].LineBefore) patient = Begins(text, index);
            if (patient && text.IsNumber(index) && text[index].Length is >= ShortestNumber and <= 12 && !text.Is(index + 1, WordClass.Unit)) spans.Add(text, Prefix(text, index), index, TextCategory.Id, SpanStrength.Context, "patient line");
        }
    }

    private static bool Begins(TokenizedText text, int index)
    {
        foreach (var beginning in Beginnings)
        {
            if (text.Equals(index, beginning)) return true;
        }

        return false;
    }

    private static int Prefix(TokenizedText text, int number) =>
        text.IsWord(number - 1) && text[number - 1].Case == LetterCase.Upper && text[number - 1].Length is 2 or 3 && !text[number].LineBefore ? number - 1 : number;
}
