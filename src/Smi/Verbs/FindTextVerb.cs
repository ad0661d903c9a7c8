using System.CommandLine;
using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Reading;
using Smi.Dicom;
using Smi.FindText;

namespace Smi.Verbs;

internal static class FindTextVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "DICOM files or pictures.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object for each region." };
        var read = new Option<bool>("--read") { Description = "Read the text, too; needs Tesseract. Prints what may be a patient's name." };
        return Verb.Create("find-text", "Finds burned-in text and prints a line for each region.", "smi find-text scan.dcm picture.png --json", [files, json, read], (parsed, cancellation) =>
            Task.FromResult(Run(parsed.GetRequiredValue(files), parsed.GetValue(json), parsed.GetValue(read), cancellation)));
    }

    private static int Run(string[] files, bool asJson, bool reads, CancellationToken cancellation)
    {
        using var reader = reads ? TesseractReader.Find() : null;
        if (reads && reader is null)
        {
            throw new UsageException($"--read: Tesseract or its English data are not installed; {TesseractReader.HowToInstall}");
        }

        var finder = new TextFinder(new TextDetector(), reader);
        var exitCode = ExitCode.Done;
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                throw new UsageException($"{file} does not exist");
            }

            try
            {
                foreach (var found in Find(finder, file, cancellation))
                {
                    Console.WriteLine(asJson ? RegionLine.Json(file, found) : RegionLine.Words(file, found));
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

    private static IReadOnlyList<FoundText> Find(TextFinder finder, string path, CancellationToken cancellation)
    {
        if (PictureFile.Read(path) is { } picture)
        {
            return finder.InPicture(picture.Samples, picture.Format);
        }

        using var file = DicomFile.Open(path);
        return finder.InFile(file, cancellation);
    }
}
