using Smi.Dicom;
using Smi.Dicom.Frames;
using Smi.Dicom.Frames.Display;
using Smi.Dump;

namespace Smi.Demo;

/// <summary>One picture: images with burned-in text above, what became of them below.</summary>
internal static class BeforeAfter
{
    private const int Columns = 3;

    public static bool TryWrite(IReadOnlyList<DemoFile> files, string path)
    {
        var shown = files.Where(file => file.Sample.BurnedInText.Count > 0)
            .DistinctBy(file => file.Sample.DataSet.GetString(DicomTags.Modality)).Take(Columns).ToList();
        if (shown.Count == 0)
        {
            return false;
        }

        var pairs = shown.Select(file => (Before: Render(file.Before), After: Render(file.After))).ToList();
        var (width, height) = (pairs.Sum(pair => pair.Before.Width), pairs.Max(pair => pair.Before.Height));
        var canvas = new byte[width * height * 2 * 3];
        var x = 0;
        foreach (var (top, bottom) in pairs)
        {
            Paste(canvas, width, top, x, 0);
            Paste(canvas, width, bottom, x, height);
            x += top.Width;
        }

        Picture.Save(path, canvas, width, 2 * height, 3);
        return true;
    }

    private static Rendered Render(string path)
    {
        using var file = DicomFile.Open(path);
        var reader = FrameReader.Open(file.DataSet, file.TransferSyntax);
        var renderer = FrameRenderer.For(file.DataSet, reader.Format);
        var samples = new byte[reader.Format.FrameLength];
        reader.Read(0, samples);
        return new Rendered(reader.Format.Columns, reader.Format.Rows, renderer.Channels, renderer.Render(samples, 0));
    }

    private static void Paste(byte[] canvas, int width, Rendered picture, int left, int top)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var source = ((y * picture.Width) + x) * picture.Channels;
                var target = (((top + y) * width) + left + x) * 3;
                for (var channel = 0; channel < 3; channel++)
                {
                    canvas[target + channel] = picture.Samples[source + Math.Min(channel, picture.Channels - 1)];
                }
            }
        }
    }

    private sealed record Rendered(int Width, int Height, int Channels, byte[] Samples);
}
