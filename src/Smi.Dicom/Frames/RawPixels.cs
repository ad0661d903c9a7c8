using Smi.Dicom.Writing;

namespace Smi.Dicom.Frames;

/// <summary>Pixel Data as (7FE0,0010) of an explicit VR little endian file would hold it, padding included.</summary>
public static class RawPixels
{
    /// <summary>Native values are copied as they are, whatever the data set declares about them; compressed frames are decoded.</summary>
    /// <exception cref="DicomFormatException">There is no Pixel Data, or its frames cannot be decoded.</exception>
    public static void Write(DicomDataSet dataSet, TransferSyntax syntax, Stream target)
    {
        if (dataSet.FindValue(DicomTags.PixelData) is { } native)
        {
            WriteNative(native, target);
        }
        else
        {
            WriteDecoded(FrameReader.Open(dataSet, syntax), target);
        }
    }

    // PS3.5 7.3: the VR says what is swapped. Samples of 32 bits in OW are two words each, and stay in the order of these.
    private static void WriteNative(ValueElement native, Stream target)
    {
        if (!native.IsBigEndian || native.VR.UnitSize() == 1)
        {
            native.Value.CopyTo(target);
            return;
        }

        using var swap = new ByteSwapStream(target, native.VR.UnitSize());
        native.Value.CopyTo(swap);
        swap.Finish();
    }

    private static void WriteDecoded(FrameReader reader, Stream target)
    {
        for (var frame = 0; frame < reader.FrameCount; frame++)
        {
            target.Write(reader.Read(frame));
        }

        if (reader.Format.FrameLength * reader.FrameCount % 2 == 1)
        {
            target.WriteByte(0);
        }
    }
}
