namespace Smi.Deid.Tests.Text.Benchmark;

/// <summary>Names of nobody: made of the syllables of several languages, so that no list can hold them. The same seed gives the same names.</summary>
internal sealed class SyllableNames(int seed, bool others)
{
    private static readonly (string[] First, string[] Middle, string[] Last)[] Origins =
    [
        (["Brath", "Cor", "Dun", "Fen", "Gil", "Har", "Kel", "Mor", "Pen", "Strath", "Thorn", "Wick", "Ald", "Hex"], ["", "le", "ing", "er", "bury"], ["wood", "ford", "thwaite", "shaw", "worth", "bourne", "ley", "more", "stone", "gate"]),
        (["Kow", "Wisz", "Zab", "Grod", "Bran", "Stach", "Mal", "Piet"], ["al", "ow", "n", "ni", "ier"], ["ski", "czyk", "wicz", "nowski", "czak", "kiewicz"]),
        (["Ade", "Oko", "Nwa", "Oye", "Chi", "Olu", "Eze"], ["la", "ku", "ba", "mi", "do"], ["nwu", "tola", "jide", "chukwu", "femi", "bayo"]),
        (["Rama", "Venka", "Subra", "Chatto", "Desh", "Srini", "Gopa"], ["", "ti", "la"], ["nathan", "raman", "swamy", "mukh", "pande", "krishnan", "vasan"]),
        (["Lind", "Berg", "Sten", "Hjal", "Kvist", "Nord", "Ek"], ["", "e", "s"], ["ström", "gren", "dahl", "mark", "sen", "lund", "qvist"]),
        (["Schön", "Krumm", "Ober", "Nieder", "Stein", "Wolf", "Hasel"], ["", "en", "el"], ["bacher", "mann", "huber", "meyer", "feld", "berger"]),
        (["Al-", "El-", "Ben", "Abu"], ["ha", "sa", "ma", "ra", "kha"], ["dani", "rouf", "touri", "zawi", "shimi", "boubi"]),
        (["Mac", "Mc", "O'"], ["Gra", "Far", "Don", "Cul", "Bri", "Shea"], ["nagh", "lane", "dden", "quil", "gan", "verty"]),
        (["Zubi", "Eche", "Monte", "Villa", "Cama", "Figu"], ["", "ra", "lo"], ["rreta", "mendi", "zaga", "nueva", "rgo", "eroa"]),
        (["Taka", "Naka", "Yoshi", "Hashi", "Kuro"], ["", "ya", "no"], ["mura", "zawa", "shita", "moto", "hara"]),
    ];

    // Of languages, and in forms, that the others have not.
    private static readonly (string[] First, string[] Middle, string[] Last)[] OtherOrigins =
    [
        (["Hollin", "Cattel", "Rusk", "Wether", "Amble", "Tid", "Brock", "Cran", "Ever", "Lang"], ["", "s", "er"], ["ton", "by", "well", "ridge", "field", "man", "combe", "ham", "side", "dale"]),
        (["Vasil", "Petr", "Mihai", "Ion", "Dragu"], ["", "ov", "it"], ["escu", "eanu", "oiu", "in"]),
        (["Papa", "Kara", "Chatzi", "Deme"], ["geor", "nas", "tri", "lex"], ["giou", "iadis", "opoulos", "akis"]),
        (["Kova", "Hor", "Nov", "Svo", "Dvo"], ["", "li", "ra"], ["čić", "vath", "tný", "boda", "kova"]),
        (["van der ", "de la ", "ter ", "van "], ["Mee", "Kruij", "Ste", "Vru"], ["swijk", "ssen", "enhof", "gdenhil"]),
        (["Thap", "Raj", "Gur", "Bha", "Chau"], ["", "in", "an"], ["dhary", "deep", "bhandari", "wal", "gani"]),
        (["Xia", "Zhu", "Qia", "Hua", "Lia"], [""], ["nyu", "ofeng", "ngwei", "obing"]),
        (["Mwa", "Kip", "Oti", "Wan", "Nje"], ["", "ki", "ra"], ["kibaki", "gombe", "choge", "eno", "rugu"]),
        (["Har", "Bes", "Win", "Mar"], ["ling", "wick", "low"], ["-Fairton", "-Loxby", "-Deane", "-Ashcroft"]),
        (["Erd", "Yıl", "Kar", "Çel", "Öz"], ["", "o", "a"], ["ğan", "demir", "kaya", "türk", "soy"]),
    ];

    private static readonly string[] GivenStarts = ["Al", "Bren", "Cai", "Dor", "El", "Fi", "Gwen", "Har", "Is", "Jor", "Ka", "Lu", "Mar", "Nel", "Os", "Per", "Ro", "Sel", "Tam", "Yas"];
    private static readonly string[] GivenEnds = ["bertine", "donna", "lias", "thea", "wyn", "mira", "bano", "nelle", "tavio", "ksana", "dric", "jiro", "suki", "vesh"];
    private static readonly string[] OtherGivenStarts = ["Ber", "Cle", "Dag", "Em", "Fre", "Ghe", "Hel", "Ig", "Jas", "Kol", "Lem", "Mag", "Nor", "Ol", "Pris", "Rag", "Sig", "Tob", "Ul", "Vik"];
    private static readonly string[] OtherGivenEnds = ["menta", "nard", "ira", "orge", "isse", "olina", "bert", "eon", "anka", "udo", "ilda", "andro", "iya", "uel"];

    private readonly Random random = new(seed);

    public string GivenName() => Pick(others ? OtherGivenStarts : GivenStarts) + Pick(others ? OtherGivenEnds : GivenEnds);

    public string Surname()
    {
        var origins = others ? OtherOrigins : Origins;
        var (first, middle, last) = origins[random.Next(origins.Length)];
        return Pick(first) + Pick(middle) + Pick(last);
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
