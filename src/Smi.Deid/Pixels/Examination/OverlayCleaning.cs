using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Reading;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Examination;

/// <summary>
/// Overlay planes (PS3.3 C.9.2) that the tag stage kept: text in their bitmaps and what rules name is cleared. Groups whose bitmap is not
/// there are removed whole: they describe a plane that was removed, or one in the unused bits of Pixel Data (PS3.5 8.1.2, retired), which are cleared.
/// </summary>
internal sealed class OverlayCleaning(TextDetector detector)
{
    private const ushort Rows = 0x0010;
    private const ushort Columns = 0x0011;
    private const ushort NumberOfFrames = 0x0015;
    private const ushort Origin = 0x0050;
    private const ushort BitsAllocated = 0x0100;
    private const ushort Data = 0x3000;

    /// <summary>A bitmap larger than this is removed, not examined.</summary>
    private const long MostPixels = 1L << 28;

    public void Apply(DeidContext context, ImageRules rules, bool removesAll)
    {
        var number = 0;
        foreach (var group in Groups(context.Edited))
        {
            if (removesAll
                || context.Edited.FindValue(new DicomTag(group, Data)) is not { } element
                || Shape(context.Edited, group, element) is not { } shape)
            {
                RemoveGroup(context, group);
                continue;
            }

            Clean(context, group, element, shape, Ruled(context.Original, rules, number++, group, shape));
        }
    }

    private static IEnumerable<RedactedRegion> Ruled(
        DicomDataSet original, ImageRules rules, int number, ushort group, (int Rows, int Columns, int Frames) shape)
    {
        // PS3.3 C.9.2: row\column of the image, from 1.
        var origin = original.GetNumbers(new DicomTag(group, Origin)) is [var row, var column] ? ((int)column - 1, (int)row - 1) : (0, 0);
        return Enumerable.Range(0, shape.Frames).SelectMany(frame => rules.OfOverlay(number, group, frame, origin)
            .Select(region => region with { Box = region.Box.ClippedTo(shape.Columns, shape.Rows) })
            .Where(region => !region.Box.IsEmpty)
            .Select(region => Region(frame, group, region.Box, region.Source)));
    }

    private static List<ushort> Groups(DicomDataSet dataSet) =>
        [.. dataSet.Elements.Select(element => element.Tag.Group).Where(group => (group & 0xFF00) == 0x6000).Distinct()];

    private static (int Rows, int Columns, int Frames)? Shape(DicomDataSet dataSet, ushort group, ValueElement element)
    {
        int? rows = dataSet.GetInt32(new DicomTag(group, Rows)), columns = dataSet.GetInt32(new DicomTag(group, Columns));
        var frames = dataSet.GetInt32(new DicomTag(group, NumberOfFrames)) ?? 1;
        var pixels = (Int128)(rows ?? 0) * (columns ?? 0) * frames;
        // PS3.3 C.9.2.1: one bit. What else may be meant by the bytes is not known.
        return (dataSet.GetInt32(new DicomTag(group, BitsAllocated)) ?? 1) == 1
            && rows > 0 && columns > 0 && frames > 0 && pixels <= MostPixels && (pixels + 7) / 8 <= element.Length
            ? (rows.Value, columns.Value, frames)
            : null;
    }

    private static void RemoveGroup(DeidContext context, ushort group)
    {
        context.Edited.Rewrite(element => element.Tag.Group == group ? null : element);
        context.Report.Note($"overlay {group:X4} was removed");
    }

    /// <summary>Text in the overlays of a data set, without changing it; read where there is a reader.</summary>
    public IEnumerable<FoundText> Find(DicomDataSet dataSet, ITextReader? textReader)
    {
        foreach (var group in Groups(dataSet))
        {
            if (dataSet.FindValue(new DicomTag(group, Data)) is not { } element || Shape(dataSet, group, element) is not { } shape)
            {
                continue;
            }

            var bits = Bits(element);
            foreach (var region in Find(bits, shape, group))
            {
                var box = new PixelBox(region.X0, region.Y0, region.X1, region.Y1);
                yield return new FoundText(region, textReader?.Read(Picture(bits, shape, region.Frame), box).Text);
            }
        }
    }

    private void Clean(
        DeidContext context, ushort group, ValueElement element, (int Rows, int Columns, int Frames) shape, IEnumerable<RedactedRegion> ruled)
    {
        var bits = Bits(element);
        List<RedactedRegion> regions = [.. ruled, .. Find(bits, shape, group)];
        context.Report.OverlayFramesExamined += shape.Frames;
        foreach (var region in regions)
        {
            Clear(bits, shape, region);
            context.Report.Add(region);
        }

        var used = ((((long)shape.Frames * shape.Rows * shape.Columns) + 15) / 16) * 2;
        if (bits.Length > used)
        {
            context.Report.Note($"{bits.Length - used} bytes behind the last pixel of overlay {group:X4} were cut off");
        }

        if (regions.Count > 0 || bits.Length > used)
        {
            context.Edited.Set(new ValueElement(element.Tag, element.VR, bits.Length > used ? bits[..(int)used] : bits));
        }

        if (regions.Count > 0)
        {
            context.Report.CarriedOut(MethodCodes.CleanGraphics);
        }
    }

    private static byte[] Bits(ValueElement element)
    {
        var bits = element.Value.ToMemory().ToArray();
        if (element.IsBigEndian && element.VR != VR.OB)
        {
            SwapBytes(bits);
        }

        return bits;
    }

    private IEnumerable<RedactedRegion> Find(byte[] bits, (int Rows, int Columns, int Frames) shape, ushort group) =>
        Enumerable.Range(0, shape.Frames).SelectMany(frame => Find(bits, shape, frame)
            .Select(box => Region(frame, group, box, PixelStage.DetectorSource)));

    private static RedactedRegion Region(int frame, ushort group, PixelBox box, string source) =>
        new(frame, group, box.Left, box.Top, box.Right, box.Bottom, source);

    private IReadOnlyList<PixelBox> Find(byte[] bits, (int Rows, int Columns, int Frames) shape, int frame) =>
        [.. DistantLook.FindAtBoth(detector, Picture(bits, shape, frame))];

    private static GrayImage Picture(byte[] bits, (int Rows, int Columns, int Frames) shape, int frame)
    {
        var samples = new ushort[shape.Rows * shape.Columns];
        var first = (long)frame * samples.Length;
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (ushort)((bits[(first + i) >> 3] >> (int)((first + i) & 7)) & 1);
        }

        return GrayImage.FromSamples(shape.Columns, shape.Rows, samples);
    }

    /// <summary>Bits are packed without gaps, the first pixel in the lowest bit (PS3.5 8.2).</summary>
    private static void Clear(byte[] bits, (int Rows, int Columns, int Frames) shape, RedactedRegion region)
    {
        for (var y = region.Y0; y < region.Y1; y++)
        {
            var row = (((long)region.Frame * shape.Rows) + y) * shape.Columns;
            for (var i = row + region.X0; i < row + region.X1; i++)
            {
                bits[i >> 3] &= (byte)~(1 << (int)(i & 7));
            }
        }
    }

    private static void SwapBytes(byte[] bytes)
    {
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
        }
    }
}
