using System.CommandLine;
using Smi.Anonymise;
using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Reading;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;
using Smi.FindText;

namespace Smi.Verbs;

internal static class FindTextVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "DICOM files, pictures, or folders with them.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object for each region." };
        var read = new Option<bool>("--read") { Description = "Read the text, too; needs Tesseract. Prints what may be a patient's name." };
        var table = new Option<string?>("--device-table") { Description = "Write where text stands again and again on the images of one device, as a table for RuleFiles.", HelpName = "FILE" };
        return Verb.Create("find-text", "Finds burned-in text and prints a line for each region.", "smi find-text scan.dcm picture.png --json", [files, json, read, table], (parsed, cancellation) =>
            Task.FromResult(Run(parsed.GetRequiredValue(files), parsed.GetValue(json), parsed.GetValue(read), parsed.GetValue(table), cancellation)));
    }

    private static int Run(string[] paths, bool asJson, bool reads, string? table, CancellationToken cancellation)
    {
        using var reader = reads ? TesseractReader.Find() : null;
        if (reads && reader is null)
        {
            throw new UsageException($"--read: Tesseract or its English data are not installed; {TesseractReader.HowToInstall}");
        }

        if (Array.Find(paths, path => !Path.Exists(path)) is { } missing)
        {
            throw new UsageException($"{missing} does not exist");
        }

        using var tableFile = table is null ? null : NewTable(table);
        var evidence = tableFile is null ? null : new DeviceEvidence();
        var finder = new TextFinder(new TextDetector(), reader);
        var exitCode = ExitCode.Done;
        foreach (var file in paths.SelectMany(Files))
        {
            try
            {
                if (file.Trouble is not null)
                {
                    throw new DicomFormatException(file.Trouble);
                }

                foreach (var found in Find(finder, file.Path, evidence, cancellation))
                {
                    Console.WriteLine(asJson ? RegionLine.Json(file.Path, found) : RegionLine.Words(file.Path, found));
                }
            }
            catch (DicomFormatException exception)
            {
                Console.Error.WriteLine($"smi: {file.Path}: {exception.Message}");
                exitCode = ExitCode.Refused;
            }
        }

        if (tableFile is not null && evidence is not null)
        {
            string[] lines = [.. evidence.Table()];
            Array.ForEach(lines, tableFile.WriteLine);
            Console.Error.WriteLine($"smi: {table}: {lines.Length - 1} regions; {evidence.Devices} kinds of images of devices seen, {evidence.WithoutDevice} images that name no device");
        }

        return exitCode;
    }

    /// <summary>A table that somebody has worked on is not written over.</summary>
    private static StreamWriter NewTable(string path)
    {
        if (File.Exists(path) && new FileInfo(path).Length > 0)
        {
            throw new UsageException($"--device-table: {path} is there already");
        }

        try
        {
            return new StreamWriter(PrivateFile.Create(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--device-table: {exception.Message}");
        }
    }

    private static IEnumerable<InputFile> Files(string path) =>
        Directory.Exists(path) ? InputFiles.ThroughLinks(path).OrderBy(file => file.Path, StringComparer.Ordinal) : [new InputFile(path)];

    private static IReadOnlyList<FoundText> Find(TextFinder finder, string path, DeviceEvidence? evidence, CancellationToken cancellation)
    {
        if (PictureFile.Read(path) is { } picture)
        {
            return finder.InPicture(picture.Samples, picture.Format);
        }

        using var file = DicomFile.Open(path);
        var found = finder.InFile(file, cancellation);
        evidence?.Add(file.DataSet, found.Select(text => text.Region).Where(region => region.Overlay is null).Select(region => new PixelBox(region.X0, region.Y0, region.X1, region.Y1)));
        return found;
    }
}
