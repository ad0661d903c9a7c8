using System.CommandLine;
using Smi.Dicom;
using Smi.Dicom.Frames;
using Smi.Dump;
using Smi.Terminal;

namespace Smi.Verbs;

internal static class DumpVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A DICOM file." };
        var frames = new Option<string>("--frames") { HelpName = "DIR", Description = "Write each frame as a PNG picture into this folder." };
        var raw = new Option<string>("--raw") { HelpName = "FILE", Description = "Write decoded Pixel Data to this file." };
        return Verb.Create("dump", "Prints a data set as text. It shows values: for people who may see them.", "smi dump scan.dcm --frames pictures", [file, frames, raw], (parsed, _) =>
            Task.FromResult(Run(parsed.GetRequiredValue(file), parsed.GetValue(frames), parsed.GetValue(raw))));
    }

    private static int Run(string path, string? frames, string? raw)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"{path} does not exist");
        }

        try
        {
            using var file = DicomFile.Open(path);
            if (raw is not null)
            {
                using var target = File.Create(raw);
                RawPixels.Write(file.DataSet, file.TransferSyntax, target);
            }

            if (frames is not null)
            {
                FramePictures.Write(file, frames);
            }

            if (raw is null && frames is null)
            {
                DataSetText.Write(file, Console.Out);
            }

            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is DicomFormatException or DicomReadException)
        {
            Console.Error.WriteLine($"smi: {Printable.Of(path)}: {exception.Message}");
            return ExitCode.Refused;
        }
    }
}
