using Smi.Deid.Text.Tokens;

namespace Smi.Deid.Text.Context;

/// <summary>Clinical terms of several words that read like names: what was taken for one there without anything that says so is kept.</summary>
internal sealed class TermPhrases(PhraseTable phrases)
{
    public void Withdraw(TokenizedText text, SpanCollector spans)
    {
        var terms = new Stretches();
        for (var index = 0; index < text.Count; index++)
        {
            foreach (var (kind, next) in phrases.At(text, index))
            {
                if (kind == PhraseKind.Term) terms.Add(text[index].Start, text[next - 1].End);
            }
        }

        spans.Withdraw(terms);
    }
}
