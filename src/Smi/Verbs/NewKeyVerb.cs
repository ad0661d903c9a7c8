using System.CommandLine;
using Smi.Deid.Pseudonyms;

namespace Smi.Verbs;

internal static class NewKeyVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Where the key goes; an existing file is never overwritten." };
        return Verb.Create("new-key", "Writes a new project key, readable by you alone.", "smi new-key smi.key", [file], (parsed, _) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            {
                throw new UsageException($"the folder {folder} does not exist");
            }

            MasterKey.Create(path);
            Console.WriteLine($"{path}: fingerprint {MasterKey.Load(path).Fingerprint}. Keep a copy in a safe place: whoever has it can link pseudonyms to patients.");
            return Task.FromResult(ExitCode.Done);
        });
    }
}
