using System.CommandLine;
using Smi.Anonymise;

namespace Smi.Verbs;

internal static class ExplainVerb
{
    public static Command Create()
    {
        var tags = new Option<string>("--tags") { Description = "A CTP script file.", Required = true };
        var lookup = new Option<string>("--lookup") { Description = "The table that @lookup of the script reads." };
        return Verb.Create(
            "explain", "Prints every rule of a tag policy in a plain sentence.", "smi explain --tags hospital.script",
            [tags, lookup],
            (parsed, _) =>
            {
                var policy = ScriptPolicy.Load(parsed.GetRequiredValue(tags), parsed.GetValue(lookup), isStrict: false, Deid.CleanOptions.None);
                ScriptPolicy.TellWarnings(policy);
                foreach (var sentence in policy.Script?.Explain() ?? [])
                {
                    Console.Out.WriteLine(sentence);
                }

                return Task.FromResult(ExitCode.Done);
            });
    }
}
