using System.Collections.Frozen;

namespace Smi.Deid.Text.Words;

/// <summary>Recognises English and clinical words by how they are formed, so that the lists need not hold every plural.</summary>
internal static class WordForms
{
    private static readonly string[] Endings =
    [
        "s", "es", "d", "ed", "ing", "ly", "al", "ally", "ic", "ical", "ically", "ness", "ment", "ation", "ations", "ion", "ions", "or", "ors",
        "er", "ers", "est", "ity", "ities", "able", "ible", "ous", "ously", "ive", "ively", "ary", "ular", "ies", "ied", "ier", "ful", "less",
        "ise", "ised", "ising", "ize", "ized", "izing", "isation", "ization", "ated", "ating", "ates", "ance", "ence", "ant", "ent", "ily", "wise", "like",
    ];

    private static readonly string[] ClinicalEndings =
    [
        "itis", "itides", "osis", "oses", "otic", "oma", "omas", "omata", "omatous", "ectomy", "ectomies", "ostomy", "otomy", "plasty", "plasties",
        "scopy", "scopic", "scopies", "graphy", "graphic", "gram", "grams", "graph", "graphs", "pathy", "pathies", "pathic", "megaly", "algia", "emia", "aemia", "uria",
        "rrhea", "rrhoea", "rrhage", "rrhagic", "plegia", "paresis", "trophy", "trophic", "plasia", "plastic", "penia", "cytic", "cytosis", "lysis", "lytic", "sclerosis",
        "stenosis", "genic", "genous", "ectasis", "ectasia", "ectatic", "cele", "oid", "oidal", "olol", "pril", "sartan", "statin", "mycin", "cillin", "cycline",
        "azole", "prazole", "mab", "nib", "dipine", "parin", "xaban", "gliptin", "tidine", "oxacin", "caine", "azepam", "setron", "triptan", "vir", "taxel", "rubicin", "platin",
        "dronate", "terone", "sone", "solone", "thyroid", "dermal", "vascular", "cardial", "pulmonary", "arterial", "venous", "lateral", "ventricular", "hepatic", "renal",
        "opathy", "odynia", "phagia", "pnea", "pnoea", "tomy", "ometry", "ometric", "ology", "ological", "ologic", "ologist", "ologists", "iatric", "iatrics", "aneous", "iform", "iasis",
    ];

    private static readonly string[] Prefixes =
    [
        "non", "un", "re", "pre", "post", "sub", "inter", "intra", "trans", "multi", "micro", "macro", "endo", "epi", "para", "peri", "retro", "supra", "infra",
        "hyper", "hypo", "iso", "anti", "hemi", "semi", "bi", "tri", "uni", "mid", "over", "under", "out", "super", "extra", "ultra", "poly", "pseudo", "neo", "auto", "dis", "mis", "co",
        "cardio", "neuro", "gastro", "hepato", "broncho", "cerebro", "costo", "cranio", "radio", "echo", "thoraco", "lumbo", "aorto", "ilio", "femoro", "tibio", "vesico", "uretero",
        "angio", "arterio", "veno", "osteo", "chondro", "myo", "fibro", "lympho", "adeno", "cysto", "nephro", "pyelo", "naso", "oro", "sterno", "antero", "postero", "infero", "supero", "medio",
        "ventro", "dorso", "musculo", "tempo", "parieto", "fronto", "occipito", "temporo", "atrio", "ventriculo", "tubo", "utero", "recto", "ano", "entero", "duodeno", "laparo", "arthro", "spondylo", "kypho", "scolio",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> PrefixSet =
        Prefixes.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int LongestPrefix = Prefixes.Max(prefix => prefix.Length);

    /// <summary>Languages that write street names in one word: Hauptstrasse, Kirchgasse, Storgatan.</summary>
    public static bool IsStreetName(ReadOnlySpan<char> word) =>
        word.Length > 7 && (word.EndsWith("strasse") || word.EndsWith("gasse") || word.EndsWith("straat") || word.EndsWith("allee") || word.EndsWith("weg") || word.EndsWith("damm") || word.EndsWith("ufer") || word.EndsWith("vej") || word.EndsWith("laan") || word.EndsWith("gatan") || word.EndsWith("platz"));

    /// <summary>Non, anti, post and the like, before a hyphen.</summary>
    public static bool IsPrefix(ReadOnlySpan<char> word) => PrefixSet.Contains(word);

    public static bool IsDerived(ReadOnlySpan<char> word, Lexicon lexicon) =>
        word.Length >= 4 && (HasClinicalEnding(word) || IsInflected(word, lexicon) || IsPrefixed(word, lexicon));

    private static bool HasClinicalEnding(ReadOnlySpan<char> word)
    {
        foreach (var ending in ClinicalEndings)
        {
            if (ending[^1] == word[^1] && word.Length >= ending.Length + 3 && word.EndsWith(ending, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool IsInflected(ReadOnlySpan<char> word, Lexicon lexicon)
    {
        Span<char> stem = stackalloc char[word.Length + 1];
        foreach (var ending in Endings)
        {
            if (ending[^1] != word[^1] || word.Length < ending.Length + 3 || !word.EndsWith(ending, StringComparison.Ordinal)) continue;
            var length = word.Length - ending.Length;
            word[..length].CopyTo(stem);
            if (IsVocabulary(stem[..length], lexicon) || IsWithLastLetter(stem, length, lexicon)) return true;
        }

        return false;
    }

    /// <summary>Imag(e), bod(y), vertebr(a), and the doubled consonant of "stopped".</summary>
    private static bool IsWithLastLetter(Span<char> stem, int length, Lexicon lexicon)
    {
        foreach (var letter in "eya")
        {
            stem[length] = letter;
            if (IsVocabulary(stem[..(length + 1)], lexicon)) return true;
        }

        return length > 3 && stem[length - 1] == stem[length - 2] && IsVocabulary(stem[..(length - 1)], lexicon);
    }

    private static bool IsPrefixed(ReadOnlySpan<char> word, Lexicon lexicon)
    {
        for (var length = Math.Min(LongestPrefix, word.Length - 4); length >= 2; length--)
        {
            if (!PrefixSet.Contains(word[..length])) continue;
            var rest = word[length..];
            if (IsVocabulary(rest, lexicon) || IsInflected(rest, lexicon)) return true;
        }

        return false;
    }

    private static bool IsVocabulary(ReadOnlySpan<char> word, Lexicon lexicon) =>
        (lexicon.Listed(word) & (WordClass.Common | WordClass.Clinical)) != 0;
}
