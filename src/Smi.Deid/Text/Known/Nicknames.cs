using Smi.Deid.Text.Words;

namespace Smi.Deid.Text.Known;

/// <summary>Short forms of given names, both ways: William is called Bill, and a Bill is a William. Immutable.</summary>
internal sealed class Nicknames
{
    private readonly Dictionary<string, HashSet<string>> forms = new(StringComparer.Ordinal);

    /// <summary>Each group holds the forms of one name, separated by blanks.</summary>
    public Nicknames(IEnumerable<string> groups)
    {
        foreach (var group in groups)
        {
            var names = group.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Folding.Fold).ToArray();
            foreach (var name in names)
            {
                if (!forms.TryGetValue(name, out var others)) forms[name] = others = new HashSet<string>(StringComparer.Ordinal);
                others.UnionWith(names);
            }
        }
    }

    public IEnumerable<string> Of(string folded) => forms.TryGetValue(folded, out var others) ? others.Where(name => name != folded) : [];
}
