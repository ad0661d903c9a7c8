using Smi.Dicom;
using Smi.Dicom.Frames;
using Smi.Dicom.Frames.Display;

namespace Smi.Gallery;

/// <summary>Sends a case through the pixel stage and shows it before and after as a viewer does, overlays in white.</summary>
internal static class GalleryRun
{
    public static IEnumerable<GalleryCase> Cases() => PhotometricCases.All().Concat(SyntaxCases.All()).Concat(RuleCases.All());

    /// <exception cref="InvalidOperationException">The stage refused the image.</exception>
    public static GalleryResult Of(GalleryCase gallery)
    {
        using var context = StageRun.On(gallery.DataSet, gallery.Syntax, gallery.Policy, out var refusal, "/archive/scan.dcm");
        return refusal is not null
            ? throw new InvalidOperationException($"{gallery.Title}: {refusal.Reason}")
            : new GalleryResult(
                Shown(context.Original, context.Source.TransferSyntax, gallery.Frame), Shown(context.Edited, context.OutputSyntax, gallery.Frame), context.Report.Regions);
    }

    /// <summary>Three bytes a pixel.</summary>
    private static byte[] Shown(DicomDataSet dataSet, TransferSyntax syntax, int frame)
    {
        var reader = FrameReader.Open(dataSet, syntax);
        var renderer = FrameRenderer.For(dataSet, reader.Format);
        var samples = reader.Read(frame);
        var picture = renderer.Render(samples, frame);
        byte[] rgb = renderer.Channels == 3 ? picture : [.. picture.SelectMany(level => new[] { level, level, level })];
        if (dataSet.FindValue(new DicomTag(0x00282000)) is { } profile)
        {
            rgb = ColourProfile.Shown(rgb, profile.Value.ToMemory().ToArray(), reader.Format.Columns, reader.Format.Rows);
        }

        for (var i = 0; i < rgb.Length / 3; i++)
        {
            if (HasOverlay(dataSet, reader, samples, i))
            {
                rgb.AsSpan(3 * i, 3).Fill(byte.MaxValue);
            }
        }

        return rgb;
    }

    private static bool HasOverlay(DicomDataSet dataSet, FrameReader reader, byte[] samples, int pixel)
    {
        var isInHighBits = reader.Format is { BitsAllocated: 16, BitsStored: 12, HighBit: 11, IsSigned: false } && (samples[(2 * pixel) + 1] & 0x10) != 0;
        return isInHighBits
            || (dataSet.FindValue(new DicomTag(0x60023000)) is { } plane && (plane.Value.ToMemory().Span[pixel / 8] >> (pixel % 8) & 1) == 1);
    }
}
