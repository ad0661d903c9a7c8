using System.Buffers.Binary;
using Smi.Dicom;
using Smi.Dicom.Codecs;

namespace Smi.Gallery;

/// <summary>Native images of every photometric interpretation and layout.</summary>
internal static class PhotometricCases
{
    private const string Sheet = "photometric";

    public static IEnumerable<GalleryCase> All()
    {
        yield return Gray("MONOCHROME2", ImageMaking.Gray(), 0, 255);
        yield return Gray("MONOCHROME1", ImageMaking.Gray("MONOCHROME1"), 255, 0);
        yield return Gray("12 bits, window", ImageMaking.Gray(allocated: 16, stored: 12), 300, 3000, window: "1500\\2400");
        yield return Gray("signed, rescale, window", ImageMaking.Gray(allocated: 16, stored: 16, isSigned: true), -900, 1100, window: "40\\1800", rescale: "1\\-24");
        yield return Gray("signed MONOCHROME1", ImageMaking.Gray("MONOCHROME1", 16, 12, isSigned: true), 1500, -1500);
        yield return Gray("negative slope", ImageMaking.Gray(allocated: 16, stored: 10), 1000, 20, window: "500\\1000", rescale: "-1\\1000");
        yield return UpperBits();
        yield return Gray("32 bits", ImageMaking.Gray(allocated: 32, stored: 32), 1000, 900000);
        yield return Gray("32 bits MONOCHROME1", ImageMaking.Gray("MONOCHROME1", 32, 32), 2000000000, 1000);
        yield return BigEndian("big endian OW", ImageMaking.Gray(allocated: 16, stored: 12), VR.OW);
        yield return BigEndian("big endian 8 bits in OW", ImageMaking.Gray(), VR.OW);
        yield return SingleBit();
        yield return Inverse();
        yield return WithVoiTable();
        yield return Colour("RGB", ImageMaking.Colour("RGB"), ImageMaking.Rgb(Scene.WithText()));
        yield return Colour("RGB, planes", ImageMaking.Colour("RGB", 1), ImageMaking.Planes(ImageMaking.Rgb(Scene.WithText())));
        yield return WideColour("RGB", 16, planar: 0);
        yield return WideColour("RGB", 16, planar: 1);
        yield return WideColour("RGB", 32, planar: 0);
        yield return WideColour("RGB", 32, planar: 1);
        yield return Colour("YBR_FULL", ImageMaking.Colour("YBR_FULL"), Ybr());
        yield return Colour("YBR_FULL, planes", ImageMaking.Colour("YBR_FULL", 1), ImageMaking.Planes(Ybr()));
        yield return WideColour("YBR_FULL", 16, planar: 0);
        yield return WideColour("YBR_FULL", 16, planar: 1);
        yield return WideColour("YBR_FULL", 32, planar: 0);
        yield return WideColour("YBR_FULL", 32, planar: 1);
        yield return Colour("YBR_FULL_422", ImageMaking.Colour("YBR_FULL_422"), ImageMaking.SharedChroma(Ybr())) with { Grid = 1 };
        yield return WithProfile();
        yield return PaletteOf("PALETTE 8 bits", ImageMaking.Gray("PALETTE COLOR"), isSegmented: false);
        yield return PaletteOf("PALETTE 16 bits", ImageMaking.Gray("PALETTE COLOR", 16, 16), isSegmented: false);
        yield return PaletteOf("PALETTE segmented", ImageMaking.Gray("PALETTE COLOR"), isSegmented: true);
    }

    /// <summary>12 bits in the upper ones of 16.</summary>
    private static GalleryCase UpperBits()
    {
        var samples = ImageMaking.Samples(Scene.WithText(), 2, 4000, 90);
        for (var i = 0; i < samples.Length; i += 2)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(samples.AsSpan(i), (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(samples.AsSpan(i)) << 4));
        }

        var dataSet = ImageMaking.Native(ImageMaking.Gray("MONOCHROME1", 16, 12) with { HighBit = 15 }, samples);
        return new GalleryCase("upper bits, MONOCHROME1", Sheet, dataSet, TransferSyntax.ExplicitLittleEndian) { Hidden = Scene.Lines };
    }

    private static GalleryCase WithProfile()
    {
        var gallery = Colour("RGB, ICC profile", ImageMaking.Colour("RGB"), ImageMaking.Rgb(Scene.WithText()));
        gallery.DataSet.Set(new ValueElement(new DicomTag(0x00282000), VR.OB, ColourProfile.Create()));
        return gallery;
    }

    private static byte[] Ybr() => ImageMaking.ToYbr(ImageMaking.Rgb(Scene.WithText()));

    private static GalleryCase Gray(string title, FrameFormat format, int black, int white, string? window = null, string? rescale = null)
    {
        var dataSet = ImageMaking.Native(format, ImageMaking.Samples(Scene.WithText(), format.BitsAllocated / 8, black, white));
        Set(dataSet, window, 0x00281050, 0x00281051);
        Set(dataSet, rescale, 0x00281053, 0x00281052);
        return new GalleryCase(title, Sheet, dataSet, TransferSyntax.ExplicitLittleEndian) { Hidden = Scene.Lines };
    }

    private static void Set(DicomDataSet dataSet, string? values, uint first, uint second)
    {
        if (values?.Split('\\') is [var one, var two])
        {
            dataSet.SetString(new DicomTag(first), VR.DS, one);
            dataSet.SetString(new DicomTag(second), VR.DS, two);
        }
    }

    private static GalleryCase BigEndian(string title, FrameFormat format, VR vr)
    {
        var samples = ImageMaking.Samples(Scene.WithText(), format.BitsAllocated / 8, 0, (1 << format.BitsStored) - 1);
        var dataSet = ImageMaking.Native(format, samples);
        for (var i = 0; i + 1 < samples.Length; i += 2)
        {
            (samples[i], samples[i + 1]) = (samples[i + 1], samples[i]);
        }

        dataSet.Set(new ValueElement(DicomTags.PixelData, vr, new ByteSlice(samples), isBigEndian: true));
        return new GalleryCase(title, Sheet, dataSet, TransferSyntax.ExplicitBigEndian) { Hidden = Scene.Lines };
    }

    private static GalleryCase SingleBit()
    {
        var values = Scene.WithText();
        var bits = new byte[(values.Length + 7) / 8];
        for (var i = 0; i < values.Length; i++)
        {
            bits[i / 8] |= (byte)((values[i] > 0.6 ? 1 : 0) << (i % 8));
        }

        return new GalleryCase("1 bit", Sheet, ImageMaking.Native(ImageMaking.Gray(allocated: 1, stored: 1), bits), TransferSyntax.ExplicitLittleEndian) { Hidden = Scene.Lines };
    }

    private static GalleryCase Inverse()
    {
        var gallery = Gray("Presentation LUT INVERSE", ImageMaking.Gray(), 255, 0);
        gallery.DataSet.SetString(new DicomTag(0x20500020), VR.CS, "INVERSE");
        return gallery;
    }

    private static GalleryCase WithVoiTable()
    {
        var gallery = Gray("VOI LUT", ImageMaking.Gray(), 255, 0);
        var item = new DicomDataSet();
        item.Set(Words(0x00283002, VR.US, [256, 0, 8]));
        item.Set(Words(0x00283006, VR.OW, [.. Enumerable.Range(0, 256).Select(i => (ushort)(255 - i))]));
        gallery.DataSet.Set(new SequenceElement(new DicomTag(0x00283010), [item]));
        return gallery;
    }

    private static GalleryCase Colour(string title, FrameFormat format, byte[] pixels) =>
        new(title, Sheet, ImageMaking.Native(format, pixels), TransferSyntax.ExplicitLittleEndian) { Hidden = Scene.Lines };

    private static GalleryCase WideColour(string interpretation, int bits, int planar)
    {
        var isYbr = interpretation != "RGB";
        var pixels = ImageMaking.Wide(isYbr ? Ybr() : ImageMaking.Rgb(Scene.WithText()), bits, isYbr);
        return Colour(
            $"{interpretation} {bits} bits{(planar == 1 ? ", planes" : "")}", ImageMaking.Colour(interpretation, planar, bits), planar == 1 ? ImageMaking.Planes(pixels, bits) : pixels);
    }

    /// <summary>A palette whose darkest colour is in its middle, so that no index is black by its number.</summary>
    private static GalleryCase PaletteOf(string title, FrameFormat format, bool isSegmented)
    {
        var first = format.BitsAllocated == 16 ? 1000 : 0;
        int Index(double value) => first + ((100 + (int)Math.Round(155 * value)) % 256);
        var indices = Scene.WithText().Select(Index).SelectMany(index => format.BitsAllocated == 16 ? new[] { (byte)index, (byte)(index >> 8) } : [(byte)index]);
        var dataSet = ImageMaking.Native(format, [.. indices]);
        double[] share = [1, 0.85, 0.6];
        for (var channel = 0u; channel < 3; channel++)
        {
            var scale = share[channel];
            dataSet.Set(Words(0x00281101 + channel, VR.US, [256, (ushort)first, 16]));
            var top = (ushort)(65535 * scale);
            dataSet.Set(isSegmented
                ? Words(0x00281221 + channel, VR.OW, [0, 1, top, 1, 100, 0, 1, 155, top])
                : Words(0x00281201 + channel, VR.OW, [.. Enumerable.Range(0, 256).Select(i => (ushort)(scale * 65535 * (i < 100 ? (100 - i) / 100.0 : (i - 100) / 155.0)))]));
        }

        return new GalleryCase(title, Sheet, dataSet, TransferSyntax.ExplicitLittleEndian) { Hidden = Scene.Lines };
    }

    private static ValueElement Words(uint tag, VR vr, ushort[] words) =>
        new(new DicomTag(tag), vr, words.SelectMany(word => new[] { (byte)word, (byte)(word >> 8) }).ToArray());
}
