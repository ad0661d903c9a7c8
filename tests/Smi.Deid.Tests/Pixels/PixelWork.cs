using Smi.Deid.Identifiers;
using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Reading;
using Smi.Deid.Pseudonyms;
using Smi.Dicom;
using Smi.Dicom.Codecs;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

/// <summary>Runs the pixel stage alone on images made here, and reads what it leaves.</summary>
internal static class PixelWork
{
    public static readonly TextDetector Detector = new();

    public static DicomDataSet Image(FrameFormat format, params byte[][] frames)
    {
        var dataSet = new DicomDataSet();
        dataSet.SetString(DicomTags.SopClassUid, VR.UI, "1.2.840.10008.5.1.4.1.1.7");
        dataSet.SetUInt16(DicomTags.SamplesPerPixel, (ushort)format.SamplesPerPixel);
        dataSet.SetString(DicomTags.PhotometricInterpretation, VR.CS, format.PhotometricInterpretation);
        dataSet.SetUInt16(DicomTags.PlanarConfiguration, (ushort)format.PlanarConfiguration);
        dataSet.SetString(DicomTags.NumberOfFrames, VR.IS, frames.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        dataSet.SetUInt16(DicomTags.Rows, (ushort)format.Rows);
        dataSet.SetUInt16(DicomTags.Columns, (ushort)format.Columns);
        dataSet.SetUInt16(DicomTags.BitsAllocated, (ushort)format.BitsAllocated);
        dataSet.SetUInt16(DicomTags.BitsStored, (ushort)format.BitsStored);
        dataSet.SetUInt16(DicomTags.HighBit, (ushort)format.HighBit);
        dataSet.SetUInt16(DicomTags.PixelRepresentation, (ushort)(format.IsSigned ? 1 : 0));
        dataSet.Set(new ValueElement(DicomTags.PixelData, format.BitsAllocated > 8 ? VR.OW : VR.OB, frames.SelectMany(frame => frame).ToArray()));
        return dataSet;
    }

    public static FrameFormat Gray(int width, int height, string interpretation = "MONOCHROME2", int allocated = 8, int stored = 8, bool isSigned = false) => new()
    {
        Rows = height,
        Columns = width,
        SamplesPerPixel = 1,
        BitsAllocated = allocated,
        BitsStored = stored,
        HighBit = stored - 1,
        IsSigned = isSigned,
        PhotometricInterpretation = interpretation,
    };

    /// <summary>The context after the stage ran; the caller disposes it.</summary>
    public static DeidContext Run(DicomDataSet dataSet, TransferSyntax syntax, out Refusal? refusal, PixelPolicy? policy = null, string? path = null, ITextReader? textReader = null)
    {
        using var bytes = new MemoryStream();
        DicomWriter.WriteFile(bytes, new DicomDataSet(), syntax, dataSet);
        var source = DicomFile.Parse(bytes.ToArray());
        var rules = new DeidPolicy { Clean = CleanOptions.Pixels };
        var context = new DeidContext
        {
            Source = source,
            SourcePath = path,
            Edited = source.DataSet.Copy(),
            OutputSyntax = source.TransferSyntax,
            Pseudonyms = new Pseudonymiser(MasterKey.Random().ForProject("")),
            Patient = PatientIdentity.Of(source.DataSet, rules),
            Known = IdentifierGatherer.Gather(source),
            Policy = rules,
            Now = DateTimeOffset.UnixEpoch,
        };
        refusal = new PixelStage(Detector, policy ?? new PixelPolicy(), textReader).Apply(context, CancellationToken.None);
        return context;
    }

    public static byte[] Frame(DeidContext context, int frame) => FrameReader.Open(context.Edited, context.OutputSyntax).Read(frame);

    /// <summary>The same pixels in the transfer syntax, by its own lossless encoder.</summary>
    public static DicomDataSet Compressed(DicomDataSet native, FrameFormat format, TransferSyntax syntax, params byte[][] frames)
    {
        var encoder = TransferSyntaxCodecs.FindEncoder(syntax) ?? throw new InvalidOperationException("there is no encoder");
        var compressed = native.Copy();
        ByteSlice[] fragments = [new ByteSlice(Array.Empty<byte>()), .. frames.Select(frame => new ByteSlice(encoder.Encode(frame, format)))];
        compressed.Set(new EncapsulatedElement(DicomTags.PixelData, fragments));
        return compressed;
    }
}
