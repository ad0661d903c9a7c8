using System.Runtime.CompilerServices;
using Smi.Deid.Identifiers;
using Smi.Deid.Text.Context;
using Smi.Deid.Text.Formats;
using Smi.Deid.Text.Known;
using Smi.Deid.Text.Rules;
using Smi.Deid.Text.Tokens;
using Smi.Deid.Text.Words;

namespace Smi.Deid.Text;

/// <summary>
/// Finds what identifies somebody in a text and cuts it out; nothing else is changed. Built once; thread-safe. Layers: what is known from the
/// header, formats, context, dictionaries, and any rule files of the site; a clinical guard keeps eponyms, drugs and anatomy.
/// </summary>
public sealed class TextCleaner
{
    private readonly TextDictionaries dictionaries;
    private readonly Tokenizer tokenizer;
    private readonly IReadOnlyList<ITextFinder> finders;
    private readonly TermPhrases terms;
    private readonly ConditionalWeakTable<KnownIdentifiers, KnownFinders> prepared = [];

    private TextCleaner(TextDictionaries dictionaries, IReadOnlyList<TextRuleFile> rules)
    {
        Warnings = [.. rules.SelectMany(file => file.Warnings)];
        this.dictionaries = dictionaries;
        tokenizer = new Tokenizer(dictionaries.Lexicon);
        terms = new TermPhrases(dictionaries.Phrases);
        finders =
        [
            new NetworkFinder(), new DateFinder(), new AgeFinder(), new NumberFinder(), new AddressFinder(), new TitleFinder(),
            new PhraseFinder(dictionaries.Phrases), new FacilityFinder(), new NameFinder(dictionaries.Lexicon.Model), new SignatureLineFinder(), new UnknownNameFinder(dictionaries.Lexicon.Model), .. rules.Select(rule => new TextRuleFinder(rule)),
        ];
    }

    /// <summary>The shipped dictionaries, a site's folder of further word lists, and rule files in the SemEHR form. Faults in either are thrown as InvalidDataException before any text is seen.</summary>
    public static TextCleaner Load(string? dictionaryFolder = null, IEnumerable<string>? ruleFiles = null) =>
        new(TextDictionaries.Load(dictionaryFolder), [.. (ruleFiles ?? []).Select(TextRuleFile.Load)]);

    /// <summary>Tests of rule files that fail, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<TextSpan> Find(string text, KnownIdentifiers known) => Find(text, known, TextProfile.Report);

    /// <summary>The identifying spans in order, without overlaps.</summary>
    public IReadOnlyList<TextSpan> Find(string text, KnownIdentifiers known, TextProfile profile)
    {
        if (text.Length == 0) return [];
        if (!Markup.IsMarkup(text)) return FindPlain(text, known, profile);
        var markup = Markup.Decode(text);
        return markup.ToOriginal(FindPlain(markup.Plain, known, profile));
    }

    public string Clean(string text, KnownIdentifiers known) => Clean(text, known, TextProfile.Report);

    /// <summary>The text with every span replaced by its category in brackets.</summary>
    public string Clean(string text, KnownIdentifiers known, TextProfile profile) => TextCutter.Replace(text, Find(text, known, profile));

    /// <summary>As Clean, but never longer than an attribute allows: where the placeholders do not fit, the spans are only cut.</summary>
    public string Clean(string text, KnownIdentifiers known, TextProfile profile, int longest) => Fit(text, Find(text, known, profile), longest);

    private static string Fit(string text, IReadOnlyList<TextSpan> spans, int longest)
    {
        var replaced = TextCutter.Replace(text, spans);
        return replaced.Length <= longest ? replaced : TextCutter.Cut(text, spans);
    }

    /// <summary>For one value of a short attribute. What comes out fits wherever the value came from: SH holds 16 characters, LO 64.</summary>
    public string CleanDescriptor(string text, KnownIdentifiers known) => CleanDescriptor(text, known, knownOnly: false);

    /// <summary>With knownOnly, for the names of makers and their products, nothing is cut but what the header knows.</summary>
    public string CleanDescriptor(string text, KnownIdentifiers known, bool knownOnly) =>
        Fit(text, knownOnly ? FindKnown(text, known) : Find(text, known, TextProfile.Descriptor), text.Length <= 16 ? 16 : Math.Max(text.Length, 64));

    /// <summary>How often a token is looked at to clean a text: the measure of the work, whatever the machine.</summary>
    internal long LooksAt(string text, KnownIdentifiers known, TextProfile profile)
    {
        var tokens = tokenizer.Tokenize(Markup.IsMarkup(text) ? Markup.Decode(text).Plain : text, profile);
        FindIn(tokens, known);
        return tokens.Looks;
    }

    private IReadOnlyList<TextSpan> FindKnown(string text, KnownIdentifiers known)
    {
        if (text.Length == 0) return [];
        var tokens = tokenizer.Tokenize(text, TextProfile.Descriptor);
        var spans = new SpanCollector();
        foreach (var finder in KnownFindersOf(known)) finder.Find(tokens, spans);
        return spans.Merge(text);
    }

    private IReadOnlyList<TextSpan> FindPlain(string text, KnownIdentifiers known, TextProfile profile) => FindIn(tokenizer.Tokenize(text, profile), known);

    private IReadOnlyList<TextSpan> FindIn(TokenizedText tokens, KnownIdentifiers known)
    {
        var spans = new SpanCollector();
        foreach (var finder in KnownFindersOf(known)) finder.Find(tokens, spans);
        foreach (var finder in finders) finder.Find(tokens, spans);
        terms.Withdraw(tokens, spans);
        AdjoiningNames.Find(tokens, spans);
        AddressBlocks.Find(tokens, spans);
        PatientLines.Find(tokens, spans);
        RepeatedNames.Find(tokens, spans);
        return spans.Merge(tokens.Text);
    }

    private IReadOnlyList<ITextFinder> KnownFindersOf(KnownIdentifiers known) =>
        prepared.GetValue(known, identifiers => new KnownFinders(identifiers, dictionaries.Lexicon, dictionaries.Nicknames)).All;
}
