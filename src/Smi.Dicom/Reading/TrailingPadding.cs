namespace Smi.Dicom.Reading;

/// <summary>Tells the zeros that writers fill files up with from elements.</summary>
internal sealed class TrailingPadding(DicomSource source)
{
    private const int ShortestElement = 8;
    private const int BlockLength = 4096;

    // Zeros up to here are followed by something: looked at once, not once for each element that is all zeros.
    private long endsAt;

    /// <summary>True when nothing but zeros follows; less than a header cannot be an element either.</summary>
    public bool IsAllThatFollows(long position, long end)
    {
        if (end - position < ShortestElement)
        {
            return true;
        }

        if (position < endsAt || source.Peek(position, ShortestElement).IndexOfAnyExcept((byte)0) >= 0)
        {
            return false;
        }

        for (var at = position; at < end; at += BlockLength)
        {
            var other = source.Peek(at, (int)Math.Min(BlockLength, end - at)).IndexOfAnyExcept((byte)0);
            if (other >= 0)
            {
                endsAt = at + other;
                return false;
            }
        }

        return true;
    }
}
