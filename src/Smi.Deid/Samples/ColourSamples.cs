using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Samples;

/// <summary>Ultrasound images and loops and screen captures, in colour, with the text that such machines burn in.</summary>
internal static class ColourSamples
{
    private const string UltrasoundStorage = "1.2.840.10008.5.1.4.1.1.6.1";
    private const string UltrasoundMultiFrameStorage = "1.2.840.10008.5.1.4.1.1.3.1";
    private const string SecondaryCaptureStorage = "1.2.840.10008.5.1.4.1.1.7";
    private const int Columns = 400;
    private const int Rows = 300;

    public static SampleFile Ultrasound(SampleStudy study, int frames, TransferSyntax syntax)
    {
        var dataSet = study.NewInstance(frames > 1 ? UltrasoundMultiFrameStorage : UltrasoundStorage, 1, 1, "Abdomen");
        var samples = new byte[Columns * Rows * 3 * frames];
        var texts = new List<SampleText>();
        for (var frame = 0; frame < frames; frame++)
        {
            var grey = Fan(study.Random($"speckle {frame}"));
            texts.AddRange(UltrasoundText(grey, study, frame));
            Colour(grey, 1.0, 1.0, 0.94).CopyTo(samples, frame * Columns * Rows * 3);
        }

        dataSet
            .Put("ImageType", @"ORIGINAL\PRIMARY\ABDOMINAL\0001")
            .Put("ContentDate", study.DicomDate)
            .Put("ContentTime", study.Time)
            .Put("PatientOrientation", "")
            .Put("BodyPartExamined", "ABDOMEN")
            .Put("TransducerData", "C5-2")
            .Put("BurnedInAnnotation", "YES")
            .Put("LossyImageCompression", "00");
        if (frames > 1)
        {
            dataSet.Put("NumberOfFrames", frames).Put("FrameIncrementPointer", $"{0x00181063}").Put("FrameTime", 40);
        }

        SampleModules.AddPixels(dataSet, new SampleCanvas(Columns, Rows, 0), 8, samples, isColour: true);
        return study.File(dataSet, syntax, texts);
    }

    /// <summary>The patient's page of a viewing station, saved as an image beside the series it shows.</summary>
    public static SampleFile Capture(SampleStudy study, TransferSyntax syntax, string? sourceClass = null, string? sourceInstance = null)
    {
        var dataSet = study.NewInstance(SecondaryCaptureStorage, 9, 1, "Screen");
        var canvas = new SampleCanvas(Columns, Rows, 30);
        canvas.FillBox(new PixelBox(20, 20, Columns - 20, Rows - 20), 225);
        canvas.FillBox(new PixelBox(20, 20, Columns - 20, 48), 120);
        string[] lines =
        [
            $"Name: {study.Patient.BurnedInName}", $"ID: {study.Patient.Id}", $"Born: {study.PrintedBirthDate}  Sex: {study.Patient.Sex}",
            $"Accession: {study.AccessionNumber}", $"Study: {study.PrintedDate}", "DLP: 310 mGy cm",
        ];
        var texts = new List<SampleText> { new(0, canvas.DrawText("PATIENT DATA", 30, 27, 2, 250), "PATIENT DATA") };
        texts.AddRange(lines.Select((line, index) => new SampleText(0, canvas.DrawText(line, 30, 66 + (index * 32), 2, 20), line)));
        dataSet
            .Put("Modality", "OT")
            .Put("BodyPartExamined", "CHEST")
            .Put("ConversionType", "WSD")
            .Put("SecondaryCaptureDeviceManufacturer", "Sample Imaging")
            .Put("PatientOrientation", "")
            .Put("ImageType", @"DERIVED\SECONDARY")
            .Put("BurnedInAnnotation", "YES");
        if (sourceClass is not null && sourceInstance is not null)
        {
            dataSet.PutReference("SourceImageSequence", sourceClass, sourceInstance);
        }

        SampleModules.AddPixels(dataSet, canvas, 8, Colour(canvas, 0.92, 0.97, 1.0), isColour: true);
        return study.File(dataSet, syntax, texts);
    }

    private static List<SampleText> UltrasoundText(SampleCanvas canvas, SampleStudy study, int frame)
    {
        string[] left = [study.Patient.BurnedInName, study.Patient.Id];
        string[] right = [study.PrintedDate, "C5-2 / ABD", "MI 1.1"];
        var texts = left.Select((line, index) => new SampleText(frame, canvas.DrawText(line, 6, 5 + (index * 18), 2, 235), line)).ToList();
        texts.AddRange(right.Select((line, index) => new SampleText(frame, canvas.DrawText(line, Columns - 70, 5 + (index * 12), 1, 235), line)));
        return texts;
    }

    // A sector below its apex: brightness falls with depth, and the speckle is coarser the deeper it is.
    private static SampleCanvas Fan(SampleRandom random)
    {
        var canvas = new SampleCanvas(Columns, Rows, 0);
        canvas.Paint((x, y, _) =>
        {
            var (across, down) = (x - (Columns / 2.0), y - 30.0);
            var depth = Math.Sqrt((across * across) + (down * down));
            return down > 0 && Math.Abs(across) < 0.75 * down && depth is > 24 and < 255 ? 120 - (depth * 0.25) : 0;
        });
        canvas.AddTexture(random, 5, 26, value => value > 0);
        canvas.FillEllipse(0.45, 0.55, 0.07, 0.09, 12);
        canvas.AddTexture(random, 2, 16, value => value > 8);
        return canvas;
    }

    private static byte[] Colour(SampleCanvas grey, double red, double green, double blue)
    {
        var plane = grey.ToSamples(1, 0, 255);
        var samples = new byte[plane.Length * 3];
        for (var index = 0; index < plane.Length; index++)
        {
            samples[index * 3] = (byte)(plane[index] * red);
            samples[(index * 3) + 1] = (byte)(plane[index] * green);
            samples[(index * 3) + 2] = (byte)(plane[index] * blue);
        }

        return samples;
    }
}
