using System.CommandLine;
using Smi.Deid.Samples;

namespace Smi.Verbs;

internal static class SampleVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Where the files go; made when it is missing." };
        var seed = new Option<int>("--seed") { Description = "Another number gives other patients.", DefaultValueFactory = _ => 1 };
        return Verb.Create("sample", "Writes a small synthetic hospital: invented patients with CT, MR, US, CR, XA, SC and SR files.", "smi sample hospital --seed 7", [folder, seed], (parsed, _) =>
        {
            var files = SampleHospital.Write(parsed.GetRequiredValue(folder), parsed.GetValue(seed));
            Console.WriteLine($"{files.Count} files in {parsed.GetRequiredValue(folder)}");
            return Task.FromResult(ExitCode.Done);
        });
    }
}
