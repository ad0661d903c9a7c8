using Smi.Deid.Text.Tokens;

namespace Smi.Deid.Text;

/// <summary>Looks for one kind of identifying text. Stateless; linear in the length of the text.</summary>
internal interface ITextFinder
{
    void Find(TokenizedText text, SpanCollector spans);
}
