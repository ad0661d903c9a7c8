using System.CommandLine;
using Smi.Verify;

namespace Smi.Verbs;

internal static class VerifyVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "De-identified DICOM files." };
        var original = new Option<string>("--original") { HelpName = "ORIGINALS", Description = "The originals: what identifies their patients is looked for in DIR." };
        return Verb.Create("verify", "Looks for leaks in de-identified files; exit code 2 when there are any.", "smi verify out --original scans", [folder, original], (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(folder);
            if (!Directory.Exists(path) || (parsed.GetValue(original) is { } originals && !Directory.Exists(originals)))
            {
                throw new UsageException("the folder does not exist");
            }

            return Task.FromResult(LeakScan.Run(path, parsed.GetValue(original), cancellation));
        });
    }
}
