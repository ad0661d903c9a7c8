using System.CommandLine;
using Smi.Anonymise;
using Smi.Deid;
using Smi.Deid.Explanations;
using Smi.Deid.Pseudonyms;
using Smi.Dicom;

namespace Smi.Verbs;

internal static class ExplainVerb
{
    public static Command Create()
    {
        var policy = new PolicyArguments();
        var file = new Option<string>("--file") { HelpName = "FILE", Description = "Say what would happen to each attribute of this file, and why. Nothing is written." };
        var values = new Option<bool>("--values") { Description = "With --file: print values too, before and after." };
        return Verb.Create(
            "explain", "Prints every rule of a tag policy in a plain sentence.", "smi explain --tags hospital.script --file scan.dcm",
            [.. policy.All, file, values],
            (parsed, cancellation) =>
            {
                var choice = policy.Choose(parsed, policy.Settings(parsed));
                var chosen = PolicyOptions.Parse(choice);
                PolicyOptions.TellWarnings(chosen, choice);
                return Task.FromResult(parsed.GetValue(file) is { } path ? ExplainFile(chosen, path, parsed.GetValue(values), cancellation) : ExplainRules(chosen, parsed.GetValue(values)));
            });
    }

    private static int ExplainRules(DeidPolicy policy, bool wantsValues)
    {
        if (wantsValues)
        {
            throw new UsageException("--values goes with --file");
        }

        foreach (var sentence in PolicyExplanation.Of(policy))
        {
            Console.Out.WriteLine(sentence);
        }

        return ExitCode.Done;
    }

    private static int ExplainFile(DeidPolicy policy, string path, bool wantsValues, CancellationToken cancellation)
    {
        try
        {
            var explanation = FileExplanation.Of(path, policy, DeidentifierFactory.Create(policy, MasterKey.Random()), TimeProvider.System.GetUtcNow(), cancellation);
            if (explanation.Refusal is { } refusal)
            {
                Console.Out.WriteLine($"The file would be refused: {refusal}");
                return ExitCode.Refused;
            }

            foreach (var attribute in explanation.Attributes)
            {
                Console.Out.WriteLine(Line(attribute, wantsValues));
            }

            Console.Out.WriteLine("Then the file is verified: a text that still holds an identifier of the original is emptied, and one elsewhere refuses the file.");
            return ExitCode.Done;
        }
        catch (DicomFormatException fault)
        {
            Console.Out.WriteLine($"The file would be refused: {fault.Message}");
            return ExitCode.Refused;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--file {path}: it cannot be read; check that it is there and its permissions");
        }
    }

    private static string Line(ExplainedAttribute attribute, bool wantsValues) =>
        $"{attribute.Path}: {attribute.What}. {attribute.Why}" + (wantsValues ? $" | {Printable(attribute.Before)} -> {Printable(attribute.After)}" : "");

    // A value may hold anything, and a terminal obeys some of it.
    private static string Printable(string? value) =>
        value is null ? "nothing" : $"\"{string.Concat(value.Select(character => char.IsControl(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? '?' : character))}\"";
}
