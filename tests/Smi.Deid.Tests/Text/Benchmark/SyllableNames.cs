namespace Smi.Deid.Tests.Text.Benchmark;

/// <summary>Names of nobody: made of the syllables of several languages, so that no list can hold them. The same seed gives the same names.</summary>
internal sealed class SyllableNames(int seed)
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

    private static readonly string[] GivenStarts = ["Al", "Bren", "Cai", "Dor", "El", "Fi", "Gwen", "Har", "Is", "Jor", "Ka", "Lu", "Mar", "Nel", "Os", "Per", "Ro", "Sel", "Tam", "Yas"];
    private static readonly string[] GivenEnds = ["bertine", "donna", "lias", "thea", "wyn", "mira", "bano", "nelle", "tavio", "ksana", "dric", "jiro", "suki", "vesh"];

    private readonly Random random = new(seed);

    public string GivenName() => Pick(GivenStarts) + Pick(GivenEnds);

    public string Surname()
    {
        var (first, middle, last) = Origins[random.Next(Origins.Length)];
        return Pick(first) + Pick(middle) + Pick(last);
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
