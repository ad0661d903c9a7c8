using Smi.Dicom;

namespace Smi.Deid.Samples;

/// <summary>Computed radiographs with burned-in text, and angiographic runs of many frames.</summary>
internal static class ProjectionSamples
{
    public const string ComputedRadiographyStorage = "1.2.840.10008.5.1.4.1.1.1";
    private const string AngiographyStorage = "1.2.840.10008.5.1.4.1.1.12.1";
    private const int CrColumns = 384;
    private const int CrRows = 448;
    private const int XaSize = 192;

    public static SampleFile Radiograph(SampleStudy study, TransferSyntax syntax)
    {
        var dataSet = study.NewInstance(ComputedRadiographyStorage, 1, 1, "Chest PA");
        var canvas = Chest(study.Random("pixels"));
        SampleText[] texts =
        [
            new(0, canvas.DrawText(study.Patient.BurnedInName, 10, 10, 2, 1000), study.Patient.BurnedInName),
            new(0, canvas.DrawText(study.Patient.Id, 10, 30, 2, 1000), study.Patient.Id),
            new(0, canvas.DrawText("L", CrColumns - 40, 10, 4, 1000), "L"),
        ];
        dataSet
            .Put("ImageType", @"ORIGINAL\PRIMARY")
            .Put("AcquisitionDate", study.DicomDate)
            .Put("AcquisitionTime", study.Time)
            .Put("BodyPartExamined", "CHEST")
            .Put("ViewPosition", "PA")
            .Put("PatientOrientation", @"L\F")
            .Put("KVP", 120)
            .Put("PlateID", "P" + study.Random("plate").Digits(5))
            .Put("ImagerPixelSpacing", @"0.8\0.8")
            .Put("BurnedInAnnotation", "YES")
            .Put("ImageComments", $"Repeat for {study.Patient.SpokenName}")
            .Put("WindowCenter", 512)
            .Put("WindowWidth", 1024);
        SampleModules.AddPixels(dataSet, canvas, 10, canvas.ToSamples(2, 0, 1023));
        return study.File(dataSet, syntax, texts);
    }

    public static SampleFile Angiogram(SampleStudy study, int frames, bool hasText, TransferSyntax syntax)
    {
        var dataSet = study.NewInstance(AngiographyStorage, 1, 1, "Left coronary");
        var random = study.Random("pixels");
        var vessel = Vessel(study.Random("vessel"));
        var samples = new byte[XaSize * XaSize * frames];
        var texts = new List<SampleText>();
        for (var frame = 0; frame < frames; frame++)
        {
            var canvas = AngiogramFrame(random, vessel, (frame + 1.0) / frames);
            if (hasText)
            {
                texts.Add(new SampleText(frame, canvas.DrawText(study.Patient.BurnedInName, 4, 4, 1, 250), study.Patient.BurnedInName));
                texts.Add(new SampleText(frame, canvas.DrawText(study.PrintedDate, 4, 15, 1, 250), study.PrintedDate));
            }

            canvas.ToSamples(1, 0, 255).CopyTo(samples, frame * XaSize * XaSize);
        }

        AddAngiography(dataSet, study, frames);
        SampleModules.AddPixels(dataSet, new SampleCanvas(XaSize, XaSize, 0), 8, samples);
        return study.File(dataSet, syntax, texts);
    }

    private static void AddAngiography(SampleDataSet dataSet, SampleStudy study, int frames) => dataSet
        .Put("ImageType", @"ORIGINAL\PRIMARY\SINGLE PLANE")
        .Put("AcquisitionDate", study.DicomDate)
        .Put("AcquisitionTime", study.Time)
        .Put("ContentDate", study.DicomDate)
        .Put("ContentTime", study.Time)
        .Put("PatientOrientation", "")
        .Put("BodyPartExamined", "HEART")
        .Put("KVP", 80)
        .Put("RadiationSetting", "GR")
        .Put("XRayTubeCurrent", 700)
        .Put("ExposureTime", 7)
        .Put("PositionerMotion", "STATIC")
        .Put("PositionerPrimaryAngle", 30)
        .Put("PositionerSecondaryAngle", -20)
        .Put("PixelIntensityRelationship", "LIN")
        .Put("NumberOfFrames", frames)
        .Put("FrameIncrementPointer", $"{0x00181063}")
        .Put("FrameTime", 66)
        .Put("RecommendedDisplayFrameRate", 15)
        .Put("WindowCenter", 128)
        .Put("WindowWidth", 256);

    private static SampleCanvas Chest(SampleRandom random)
    {
        var canvas = new SampleCanvas(CrColumns, CrRows, 60);
        canvas.FillEllipse(0.5, 0.62, 0.46, 0.62, 620);
        canvas.FillEllipse(0.31, 0.50, 0.15, 0.31, 230);
        canvas.FillEllipse(0.69, 0.50, 0.15, 0.31, 230);
        canvas.FillEllipse(0.56, 0.62, 0.14, 0.13, 760);
        canvas.Paint((x, y, old) => y % 44 < 9 && old is > 200 and < 300 ? old + 90 : old);
        canvas.Paint((x, y, old) => Math.Abs(x - (CrColumns / 2)) < 17 && old > 200 ? old + 150 + (y % 26 < 4 ? 0 : 40) : old);
        canvas.AddTexture(random, 16, 25, value => value > 200);
        canvas.AddNoise(random, 9);
        return canvas;
    }

    /// <summary>The courses of three vessels: for each row of the frame the column, or -1 where it has none.</summary>
    private static double[][] Vessel(SampleRandom random)
    {
        var courses = new double[3][];
        for (var branch = 0; branch < courses.Length; branch++)
        {
            courses[branch] = new double[XaSize];
            var start = branch == 0 ? 10 : random.Next(40, 90);
            var column = branch == 0 ? XaSize * 0.45 : courses[0][start];
            var drift = (branch - 1) * 0.6;
            for (var row = 0; row < XaSize; row++)
            {
                column += row < start ? 0 : drift + (random.NextNormal() * 0.8);
                courses[branch][row] = row < start ? -1 : column;
            }
        }

        return courses;
    }

    private static SampleCanvas AngiogramFrame(SampleRandom random, double[][] vessel, double filled)
    {
        var canvas = new SampleCanvas(XaSize, XaSize, 165);
        canvas.FillEllipse(0.35, 0.65, 0.45, 0.40, 140);
        canvas.Paint((x, y, old) =>
        {
            var width = 4.0 * (1.0 - (0.6 * y / XaSize));
            var isContrast = y < filled * XaSize && vessel.Any(course => course[y] >= 0 && Math.Abs(course[y] - x) < width);
            return isContrast ? old - 75 : old;
        });
        canvas.AddNoise(random, 5);
        return canvas;
    }
}
