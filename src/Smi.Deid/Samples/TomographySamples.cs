using System.Globalization;
using Smi.Dicom;

namespace Smi.Deid.Samples;

/// <summary>CT and MR series: slices of a body or a head built from ellipses.</summary>
internal static class TomographySamples
{
    public const string CtImageStorage = "1.2.840.10008.5.1.4.1.1.2";
    public const string MrImageStorage = "1.2.840.10008.5.1.4.1.1.4";
    private const int CtSize = 192;
    private const int MrSize = 160;
    private const int SliceDistance = 5;

    public static IEnumerable<SampleFile> Ct(SampleStudy study, int slices, TransferSyntax syntax)
    {
        for (var slice = 1; slice <= slices; slice++)
        {
            var dataSet = study.NewInstance(CtImageStorage, 1, slice, "Thorax 5 mm");
            AddSlice(dataSet, study, slice, "0.78");
            var canvas = CtSlice(study.Random($"pixels {slice}"), slice, slices);
            dataSet
                .Put("ImageType", @"ORIGINAL\PRIMARY\AXIAL")
                .Put("BodyPartExamined", "CHEST")
                .Put("KVP", 120)
                .Put("XRayTubeCurrent", 180 + slice)
                .Put("ConvolutionKernel", "B31")
                .Put("RescaleIntercept", -1024)
                .Put("RescaleSlope", 1)
                .Put("RescaleType", "HU")
                .Put("WindowCenter", @"40\-600")
                .Put("WindowWidth", @"400\1600");
            SampleModules.AddPixels(dataSet, canvas, 12, canvas.ToSamples(2, 0, 4095));
            yield return study.File(dataSet, syntax);
        }
    }

    public static IEnumerable<SampleFile> Mr(SampleStudy study, int slices, TransferSyntax syntax)
    {
        for (var slice = 1; slice <= slices; slice++)
        {
            var dataSet = study.NewInstance(MrImageStorage, 1, slice, "T2 axial");
            AddSlice(dataSet, study, slice, "1.4");
            var canvas = MrSlice(study.Random($"pixels {slice}"), slice, slices);
            dataSet
                .Put("ImageType", @"ORIGINAL\PRIMARY\OTHER")
                .Put("BodyPartExamined", "HEAD")
                .Put("ScanningSequence", "SE")
                .Put("SequenceVariant", "SK")
                .Put("ScanOptions", "")
                .Put("MRAcquisitionType", "2D")
                .Put("RepetitionTime", 4200)
                .Put("EchoTime", 98)
                .Put("EchoTrainLength", 11)
                .Put("MagneticFieldStrength", "1.5")
                .Put("ProtocolName", $"Head {SamplePatient.Spoken(study.Patient.Operator)}")
                .Put("WindowCenter", 900)
                .Put("WindowWidth", 1800);
            SampleModules.AddPixels(dataSet, canvas, 12, canvas.ToSamples(2, 0, 4095));
            yield return study.File(dataSet, syntax);
        }
    }

    private static void AddSlice(SampleDataSet dataSet, SampleStudy study, int slice, string spacing)
    {
        var position = (slice * SliceDistance).ToString(CultureInfo.InvariantCulture);
        dataSet
            .Put("AcquisitionDate", study.DicomDate)
            .Put("AcquisitionTime", study.Time)
            .Put("ContentDate", study.DicomDate)
            .Put("ContentTime", study.Time)
            .Put("AcquisitionNumber", 1)
            .Put("PatientPosition", "HFS")
            .Put("FrameOfReferenceUID", study.FrameOfReferenceUid)
            .Put("PositionReferenceIndicator", "")
            .Put("ImagePositionPatient", $@"-75\-75\{position}")
            .Put("ImageOrientationPatient", @"1\0\0\0\1\0")
            .Put("SliceLocation", position)
            .Put("SliceThickness", SliceDistance)
            .Put("PixelSpacing", $@"{spacing}\{spacing}");
        if (slice > 1)
        {
            var reference = dataSet.NewReference(dataSet.DataSet.GetString(DicomTags.SopClassUid) ?? "", study.InstanceUid(1, 1))
                .PutCode("PurposeOfReferenceCodeSequence", "121311", "DCM", "Localizer");
            dataSet.PutItems("ReferencedImageSequence", reference);
        }
    }

    // Air is 0 and water 1024: Hounsfield units plus 1024.
    private static SampleCanvas CtSlice(SampleRandom random, int slice, int slices)
    {
        var canvas = new SampleCanvas(CtSize, CtSize, 24);
        var lung = 0.10 + (0.05 * slice / slices);
        canvas.FillEllipse(0.50, 0.50, 0.44, 0.33, 930);
        canvas.FillEllipse(0.50, 0.50, 0.41, 0.30, 1070);
        canvas.FillEllipse(0.31, 0.48, lung, 0.20, 170);
        canvas.FillEllipse(0.69, 0.48, lung, 0.20, 170);
        canvas.FillEllipse(0.54, 0.42, 0.10, 0.09, 1075);
        canvas.FillEllipse(0.50, 0.66, 0.055, 0.06, 1500);
        canvas.FillEllipse(0.50, 0.675, 0.02, 0.02, 1060);
        canvas.FillEllipse(0.45, 0.60, 0.025, 0.028, 1180);
        canvas.FillEllipse(0.27 + (0.01 * slice), 0.44, 0.014, 0.016, 1080);
        canvas.AddNoise(random, 14);
        return canvas;
    }

    private static SampleCanvas MrSlice(SampleRandom random, int slice, int slices)
    {
        var canvas = new SampleCanvas(MrSize, MrSize, 20);
        var ventricle = 0.03 + (0.05 * slice / slices);
        canvas.FillEllipse(0.5, 0.5, 0.38, 0.46, 1500);
        canvas.FillEllipse(0.5, 0.5, 0.36, 0.44, 180);
        canvas.FillEllipse(0.5, 0.5, 0.34, 0.42, 1900);
        canvas.FillEllipse(0.5, 0.5, 0.33, 0.41, 900);
        canvas.FillEllipse(0.5, 0.5, 0.27, 0.34, 640);
        canvas.AddTexture(random, 9, 130, value => value is > 600 and < 1000);
        canvas.FillEllipse(0.45, 0.45, ventricle, 0.11, 1950);
        canvas.FillEllipse(0.55, 0.45, ventricle, 0.11, 1950);
        canvas.AddNoise(random, 18);
        return canvas;
    }
}
