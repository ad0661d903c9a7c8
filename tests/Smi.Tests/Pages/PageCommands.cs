using System.Text;
using System.Text.RegularExpressions;

namespace Smi.Tests.Pages;

/// <summary>
/// The console blocks of a page of the documentation, run in one shell as a reader would, in a folder that the page calls /srv. What a
/// command prints must be what the page shows, apart from what differs from run to run; a line of … stands for any lines.
/// </summary>
internal sealed partial class PageCommands
{
    private const string Mark = "@@@command";

    // Whatever the page left in the background ends with the script.
    private const string Prelude = "set -m\nset -u\ntrap 'kill $(jobs -p) 2> /dev/null; wait' EXIT\n";

    private readonly List<(string Command, List<string> Expected)> _commands = [];

    private PageCommands()
    {
    }

    public int Count => _commands.Count;

    /// <summary>Paths that a page has in place of the test's folders, and those.</summary>
    public static PageCommands Read(string page, params (string Shown, string Real)[] paths)
    {
        var commands = new PageCommands();
        var inside = false;
        var text = paths.Aggregate(File.ReadAllText(page), (page, path) => page.Replace(path.Shown, path.Real, StringComparison.Ordinal));
        foreach (var line in text.Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                inside = line.Trim() == "```console";
            }
            else if (inside && line.TrimStart() is ['$', ' ', .. var command])
            {
                commands._commands.Add((command, []));
            }
            else if (inside)
            {
                commands._commands[^1].Expected.Add(line.Trim());
            }
        }

        return commands;
    }

    /// <summary>The commands as one script; each is announced by a mark and must succeed.</summary>
    /// <param name="last">What the script does when all have succeeded.</param>
    public string Script(string last = "")
    {
        var script = new StringBuilder(Prelude);
        for (var index = 0; index < _commands.Count; index++)
        {
            var command = _commands[index].Command;
            script.Append("echo; echo '").Append(Mark).Append(index).Append("'\n").Append(command).Append('\n');
            if (!command.EndsWith('&'))
            {
                script.Append("code=$?; [ $code = 0 ] || { echo \"exit code $code\"; exit 90; }\n");
            }
        }

        return script.Append(last).Append('\n').ToString();
    }

    /// <summary>The first command whose output is not what the page shows, with both; null when all is as shown.</summary>
    public string? FindDifference(string output, string folder)
    {
        var parts = output.Replace(folder, "/srv", StringComparison.Ordinal).Split('\n' + Mark);
        for (var index = 0; index < _commands.Count; index++)
        {
            var (command, expected) = _commands[index];
            if (index + 1 >= parts.Length)
            {
                return $"this command was not reached: {command}\nthe last output:\n{parts[^1]}";
            }

            var lines = parts[index + 1].Split('\n').Skip(1).Select(line => line.Trim()).ToList();
            if (!Fits(Steady(expected.Select(line => line.Replace(folder, "/srv", StringComparison.Ordinal))), Steady(lines)))
            {
                return $"{command}\nthe page:\n{string.Join('\n', expected)}\nthe program:\n{string.Join('\n', lines)}";
            }
        }

        return null;
    }

    private static List<string> Steady(IEnumerable<string> lines) => [.. lines.Where(line => line.Length > 0).Select(Steady)];

    private static string Steady(string line)
    {
        line = Guid().Replace(line, "GUID");
        line = Time().Replace(line, "TIME");
        line = Pseudonym().Replace(line, "PSEUDONYM");
        line = Fingerprint().Replace(line, "FINGERPRINT");
        line = Uid().Replace(line, "UID");
        return Seconds().Replace(line, "N ").Replace(" by root", " by USER", StringComparison.Ordinal).Replace($" by {Environment.UserName}", " by USER", StringComparison.Ordinal);
    }

    private static bool Fits(List<string> expected, List<string> actual)
    {
        if (expected.Count == 0)
        {
            return actual.Count == 0;
        }

        if (expected[0] == "…")
        {
            return Enumerable.Range(0, actual.Count + 1).Any(skipped => Fits(expected[1..], actual[skipped..]));
        }

        return actual.Count > 0 && expected[0] == actual[0] && Fits(expected[1..], actual[1..]);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Guid();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")]
    private static partial Regex Time();

    [GeneratedRegex("\\b[A-Z2-7]{16}\\b")]
    private static partial Regex Pseudonym();

    [GeneratedRegex("(?<=fingerprint )[0-9a-f]{16}")]
    private static partial Regex Fingerprint();

    [GeneratedRegex("2\\.25\\.[0-9]+")]
    private static partial Regex Uid();

    // Times and rates: 0.2 s, 18 a second.
    [GeneratedRegex("[0-9.,]+ (?=s\\b|a second)")]
    private static partial Regex Seconds();
}
