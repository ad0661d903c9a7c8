using System.CommandLine;
using Smi.Deid;
using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Detection;
using Smi.Dicom;
using Smi.FindText;

namespace Smi.Verbs;

internal static class FindTextVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "DICOM files or pictures.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object for each region." };
        return Verb.Create("find-text", "Finds burned-in text and prints a line for each region.", "smi find-text scan.dcm picture.png --json", [files, json], (parsed, cancellation) =>
            Task.FromResult(Run(parsed.GetRequiredValue(files), parsed.GetValue(json), cancellation)));
    }

    private static int Run(string[] files, bool asJson, CancellationToken cancellation)
    {
        var finder = new TextFinder(new TextDetector());
        var exitCode = ExitCode.Done;
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                throw new UsageException($"{file} does not exist");
            }

            try
            {
                foreach (var region in Find(finder, file, cancellation))
                {
                    Console.WriteLine(asJson ? RegionLine.Json(file, region) : RegionLine.Words(file, region));
                }
            }
            catch (DicomFormatException exception)
            {
                Console.Error.WriteLine($"smi: {file}: {exception.Message}");
                exitCode = ExitCode.Refused;
            }
        }

        return exitCode;
    }

    private static IReadOnlyList<RedactedRegion> Find(TextFinder finder, string path, CancellationToken cancellation)
    {
        if (PictureFile.Read(path) is { } picture)
        {
            return finder.InPicture(picture.Samples, picture.Format);
        }

        using var file = DicomFile.Open(path);
        return finder.InFile(file, cancellation);
    }
}
