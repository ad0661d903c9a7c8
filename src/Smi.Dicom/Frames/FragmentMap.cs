using System.Buffers.Binary;

namespace Smi.Dicom.Frames;

/// <summary>
/// Which fragments of encapsulated Pixel Data make up which frame (PS3.5 A.4, PS3.3 C.7.6.3.1.8): by offset table, by one fragment each, or by
/// where codestreams begin. Where these leave a doubt, the file is refused.
/// </summary>
internal sealed class FragmentMap
{
    private readonly IReadOnlyList<ByteSlice> fragments;

    // Index of the first fragment of each frame, and the number of fragments at the end.
    private readonly int[] starts;

    private FragmentMap(IReadOnlyList<ByteSlice> fragments, int[] starts)
    {
        this.fragments = fragments;
        this.starts = [.. starts, fragments.Count];
    }

    public static FragmentMap Create(EncapsulatedElement element, DicomDataSet dataSet, int frameCount)
    {
        ByteSlice[] fragments = [.. element.Fragments.Skip(1)];
        if (fragments.Length < frameCount)
        {
            throw new DicomFormatException("there are fewer fragments than frames", tag: element.Tag);
        }

        var offsets = ExtendedOffsets(dataSet) ?? BasicOffsets(element);
        var starts = offsets.Length > 0 ? FromOffsets(offsets, fragments, frameCount) : null;
        starts ??= fragments.Length == frameCount ? [.. Enumerable.Range(0, frameCount)] : FromCodestreams(fragments);
        if (starts.Length != frameCount || HoldsMoreCodestreams(fragments, starts))
        {
            throw new DicomFormatException("the fragments do not make as many frames as declared", tag: element.Tag);
        }

        return new FragmentMap(fragments, starts);
    }

    public IReadOnlyList<ByteSlice> FragmentsOf(int frame) => [.. fragments.Skip(starts[frame]).Take(starts[frame + 1] - starts[frame])];

    private static long[]? ExtendedOffsets(DicomDataSet dataSet)
    {
        if (dataSet.FindValue(DicomTags.ExtendedOffsetTable) is not { Length: > 0 } table)
        {
            return null;
        }

        var bytes = table.Value.ToMemory().Span;
        var offsets = new long[bytes.Length / 8];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * i)..]);
        }

        return offsets;
    }

    private static long[] BasicOffsets(EncapsulatedElement element)
    {
        if (element.Fragments.Count == 0)
        {
            return [];
        }

        var bytes = element.Fragments[0].ToMemory().Span;
        var offsets = new long[bytes.Length / 4];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]);
        }

        return offsets;
    }

    /// <summary>Null when the table does not point at fragments, in order, one for each frame: then it is no evidence.</summary>
    private static int[]? FromOffsets(long[] offsets, ByteSlice[] fragments, int frameCount)
    {
        if (offsets.Length != frameCount)
        {
            return null;
        }

        var starts = new int[frameCount];
        long position = 0;
        var frame = 0;
        for (var i = 0; i < fragments.Length && frame < frameCount; i++)
        {
            if (offsets[frame] == position)
            {
                starts[frame++] = i;
            }

            position += 8 + fragments[i].Length;
        }

        return frame == frameCount && starts[0] == 0 ? starts : null;
    }

    private static int[] FromCodestreams(ByteSlice[] fragments) => [0, .. Enumerable.Range(1, fragments.Length - 1).Where(i => IsBoundary(fragments, i))];

    // What is between the frames of a table that counts too few would vanish without a word.
    private static bool HoldsMoreCodestreams(ByteSlice[] fragments, int[] starts) =>
        fragments.Length > starts.Length && Enumerable.Range(1, fragments.Length - 1).Except(starts).Any(i => IsBoundary(fragments, i));

    private static bool IsBoundary(ByteSlice[] fragments, int index) =>
        (BeginsCodestream(fragments[index]) && EndsCodestream(fragments[index - 1])) || (BeginsRle(fragments[index]) && BeginsRle(fragments[0]));

    // SOI of JPEG and JPEG-LS, SOC and SIZ of JPEG 2000.
    private static bool BeginsCodestream(ByteSlice fragment)
    {
        var head = fragment.Peek(4);
        return head.StartsWith<byte>([0xFF, 0xD8, 0xFF]) || head.StartsWith<byte>([0xFF, 0x4F, 0xFF, 0x51]);
    }

    /// <summary>PS3.5 G.5: the number of segments, their offsets of which the first is 64 and each is above the one before, and zeros.</summary>
    private static bool BeginsRle(ByteSlice fragment)
    {
        const int length = 64;
        Span<uint> words = stackalloc uint[length / 4];
        var head = fragment.Peek(length);
        if (head.Length < length)
        {
            return false;
        }

        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(head[(4 * i)..]);
        }

        var isHeader = words[0] is > 0 and <= 15 && words[1] == length;
        for (var i = 2; i < words.Length && isHeader; i++)
        {
            isHeader = i <= words[0] ? words[i] > words[i - 1] : words[i] == 0;
        }

        return isHeader;
    }

    // EOI and EOC are both FFD9; padding may follow.
    private static bool EndsCodestream(ByteSlice fragment)
    {
        const int most = 16;
        var length = Math.Min(most, fragment.Length);
        var tail = fragment.Part(fragment.Length - length, length).Peek(most).TrimEnd((byte)0);
        return tail.EndsWith<byte>([0xFF, 0xD9]);
    }
}
