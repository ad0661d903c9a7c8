using Smi.Dicom;
using Smi.Dicom.Frames;
using Smi.Dicom.Frames.Display;

namespace Smi.Dump;

/// <summary>Frames as PNG files, as a viewer shows them.</summary>
internal static class FramePictures
{
    public static void Write(DicomFile file, string folder)
    {
        Directory.CreateDirectory(folder);
        var reader = FrameReader.Open(file.DataSet, file.TransferSyntax);
        var renderer = FrameRenderer.For(file.DataSet, reader.Format);
        var samples = new byte[reader.Format.FrameLength];
        for (var frame = 0; frame < reader.FrameCount; frame++)
        {
            reader.Read(frame, samples);
            Picture.Save(Path.Combine(folder, $"{frame + 1:D4}.png"), renderer.Render(samples, frame), reader.Format.Columns, reader.Format.Rows, renderer.Channels);
        }
    }
}
