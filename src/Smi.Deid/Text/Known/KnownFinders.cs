using Smi.Deid.Identifiers;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Known;

/// <summary>The finders prepared for one patient's identifiers.</summary>
internal sealed class KnownFinders
{
    public KnownFinders(KnownIdentifiers known, Lexicon lexicon, Nicknames nicknames) =>
        All = [new KnownNameFinder(new KnownNames(known, lexicon, nicknames)), new KnownNumbers(known), new KnownPlaces(known, lexicon), new VerifiedWords(known)];

    public IReadOnlyList<ITextFinder> All { get; }
}
