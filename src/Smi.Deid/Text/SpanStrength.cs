namespace Smi.Deid.Text;

/// <summary>How sure a finder is. The clinical guard overrules guesses and dictionaries, never context, formats or what the header says.</summary>
internal enum SpanStrength : byte
{
    Guess,
    Dictionary,
    Context,
    Format,
    Known,
}
