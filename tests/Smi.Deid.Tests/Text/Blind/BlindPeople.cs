using Bogus;

namespace Smi.Deid.Tests.Text.Blind;

/// <summary>People and places of the blind reports: of a list of this set alone, or made letter by letter in the way of one origin, so that no list holds them.</summary>
internal sealed class BlindPeople(BlindGrammar people, BlindGrammar places, Randomizer chance)
{
    private const int LongestName = 13;

    public (string Given, string Surname) Person(double invented)
    {
        var origin = people.Lines(chance.ArrayElement(people.Names("")));
        var (given, surnames) = (origin[0].Split(' '), origin[1].Split(' '));
        var surname = chance.Double() < invented ? Invent([.. surnames.Where(name => char.IsUpper(name[0]))]) : chance.ArrayElement(surnames);
        return (chance.Double() < invented / 2 ? Invent(given) : chance.ArrayElement(given), char.IsLower(surname[0]) ? surname.Replace('-', ' ') : surname);
    }

    public string Town()
    {
        if (chance.Bool()) return chance.ArrayElement(places.Lines("towns")[0].Split('|'));
        var end = chance.ArrayElement(places.Lines("towns-end")[0].Split(' '));
        var begin = chance.ArrayElement(places.Lines("towns-begin")[0].Split(' '));
        return begin is "Upper" or "Nether" or "Wester" ? $"{begin} {chance.ArrayElement(places.Lines("towns-begin")[0].Split(' ')[..6])}{end}" : begin + end;
    }

    public string Word(string section) => chance.ArrayElement(places.Lines(section)[0].Split(section.StartsWith("streets", StringComparison.Ordinal) ? ' ' : '|'));

    /// <summary>A chain over pairs of letters of the given names; at least five letters, none of the list itself.</summary>
    private string Invent(string[] examples)
    {
        var followers = new Dictionary<string, List<char>>();
        foreach (var marked in examples.Select(name => "^^" + name + "$"))
        {
            for (var index = 2; index < marked.Length; index++)
            {
                var key = marked[(index - 2)..index];
                if (!followers.TryGetValue(key, out var found)) followers[key] = found = [];
                found.Add(marked[index]);
            }
        }

        for (var attempt = 0; attempt < 200; attempt++)
        {
            var name = "^^";
            while (name.Length < LongestName + 2 && name[^1] != '$') name += chance.ListItem(followers[name[^2..]]);
            if (name[^1] == '$' && name.Length >= 8 && !examples.Contains(name[2..^1])) return name[2..^1];
        }

        return chance.ArrayElement(examples);
    }
}
