using System.Buffers;

namespace Smi.Dicom.CharacterSets;

/// <summary>
/// The character repertoire that a data set or an item declares in Specific Character Set (0008,0005), PS3.3 C.12.1.1.2. Reads
/// and writes text values; no bytes and no text make it throw.
/// </summary>
public sealed class CharacterSet
{
    /// <summary>ISO 646, for data sets that declare nothing. Bytes above 7F, which it does not have, are read as Latin-1.</summary>
    public static readonly CharacterSet Default = new([], new Iso2022Repertoire([]), true);

    private readonly IRepertoire repertoire;

    private CharacterSet(IReadOnlyList<string> terms, IRepertoire repertoire, bool isKnown)
    {
        Terms = terms;
        this.repertoire = repertoire;
        IsKnown = isKnown;
    }

    /// <summary>The values as they were given.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>False when a value is neither a defined term nor a known misspelling of one.</summary>
    public bool IsKnown { get; }

    /// <summary>
    /// The character set of the values of Specific Character Set. Unknown terms are read as UTF-8 where the bytes are valid
    /// UTF-8, else as Latin-1.
    /// </summary>
    public static CharacterSet FromTerms(IReadOnlyList<string> definedTerms)
    {
        if (definedTerms.All(DefinedTerms.IsEmpty))
        {
            return Default;
        }

        if (FindStandAlone(definedTerms) is { } standAlone)
        {
            return new CharacterSet([.. definedTerms], standAlone, true);
        }

        var sets = definedTerms.Select(DefinedTerms.FindSets).ToList();
        IRepertoire repertoire = sets[0] is null ? new UnknownRepertoire() : new Iso2022Repertoire([.. sets.OfType<IReadOnlyList<GraphicSet>>()]);
        return new CharacterSet([.. definedTerms], repertoire, !sets.Contains(null));
    }

    /// <summary>The text of one value, or of several with their backslashes. Padding is kept.</summary>
    public string Decode(ReadOnlySpan<byte> bytes, CharacterSetDelimiters delimiters) => repertoire.Decode(bytes, delimiters);

    /// <summary>The bytes of a text, without padding; false when a character cannot be represented.</summary>
    public bool TryEncode(string text, CharacterSetDelimiters delimiters, out byte[] bytes)
    {
        var target = new ArrayBufferWriter<byte>(text.Length + 16);
        var isComplete = repertoire.Encode(text, delimiters, target);
        bytes = isComplete ? target.WrittenSpan.ToArray() : [];
        return isComplete;
    }

    /// <summary>The bytes of a text, without padding, with <c>?</c> for each character that cannot be represented.</summary>
    public byte[] Encode(string text, CharacterSetDelimiters delimiters)
    {
        var target = new ArrayBufferWriter<byte>(text.Length + 16);
        repertoire.Encode(text, delimiters, target);
        return target.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The ranges of the values in a raw multi-valued element, one for an empty element. A byte 5C that is half of a
    /// character is no delimiter (PS3.5 6.1.2.3).
    /// </summary>
    public IReadOnlyList<Range> SplitValues(ReadOnlySpan<byte> bytes)
    {
        var values = new List<Range>(1);
        for (var start = 0; start <= bytes.Length;)
        {
            var end = repertoire.FindEndOfValue(bytes, start);
            values.Add(start..end);
            start = end + 1;
        }

        return values;
    }

    // Code extensions do not go with these terms; the term in front wins, but an empty one says nothing.
    private static IRepertoire? FindStandAlone(IReadOnlyList<string> terms)
    {
        var first = DefinedTerms.FindStandAlone(terms[0]);
        return first is null && DefinedTerms.IsEmpty(terms[0])
            ? terms.Select(DefinedTerms.FindStandAlone).OfType<IRepertoire>().FirstOrDefault()
            : first;
    }
}
