using Smi.Deid;
using Smi.Deid.Identifiers;
using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Reading;
using Smi.Deid.Pseudonyms;
using Smi.Dicom;

namespace Smi.Gallery;

/// <summary>The pixel stage alone, on an image that was written and read again as a file is.</summary>
internal static class StageRun
{
    public static readonly TextDetector Detector = new();

    /// <summary>The context after the stage ran; the caller disposes it.</summary>
    /// <exception cref="DicomFormatException">The pixels cannot be decoded.</exception>
    public static DeidContext On(DicomDataSet dataSet, TransferSyntax syntax, PixelPolicy pixels, out Refusal? refusal, string? path = null, ITextReader? textReader = null)
    {
        using var bytes = new MemoryStream();
        DicomWriter.WriteFile(bytes, new DicomDataSet(), syntax, dataSet);
        var source = DicomFile.Parse(bytes.ToArray());
        var policy = new DeidPolicy { Clean = CleanOptions.Pixels, Pixels = pixels };
        var context = new DeidContext
        {
            Source = source,
            SourcePath = path,
            Edited = source.DataSet.Copy(),
            OutputSyntax = source.TransferSyntax,
            Pseudonyms = new Pseudonymiser(MasterKey.Random().ForProject("")),
            Patient = PatientIdentity.Of(source.DataSet, policy),
            Known = IdentifierGatherer.Gather(source),
            Policy = policy,
            Now = DateTimeOffset.UnixEpoch,
        };
        context.DisposeWhenWritten(source);
        refusal = new PixelStage(Detector, pixels, textReader).Apply(context, CancellationToken.None);
        return context;
    }
}
