namespace Smi.Dicom.Codecs;

/// <summary>Reads one segment of an RLE frame: runs of literal and of equal bytes (PS3.5 G.3).</summary>
internal static class PackBitsDecoder
{
    // A segment may be longer than its plane (padding, G.3.1); a run that would leave the plane ends with it.
    public static void Decode(ReadOnlySpan<byte> segment, Span<byte> plane, int step)
    {
        int left = (plane.Length + step - 1) / step;
        int to = 0;
        int at = 0;
        while (left > 0)
        {
            if (at + 1 >= segment.Length)
            {
                throw new DicomFormatException("an RLE segment ends before its plane does");
            }

            int control = (sbyte)segment[at++];
            if (control == -128)
            {
                continue;
            }

            int count = Math.Min(left, control >= 0 ? control + 1 : 1 - control);
            if (control >= 0)
            {
                if (at + count > segment.Length)
                {
                    throw new DicomFormatException("an RLE segment ends in a literal run");
                }

                CopyLiteral(segment.Slice(at, count), plane[to..], step);
                at += count;
            }
            else
            {
                Replicate(segment[at++], count, plane[to..], step);
            }

            left -= count;
            to += count * step;
        }
    }

    /// <summary>
    /// RLE does not say how wide its picture is. A segment that holds more than its plane is one of another width if its runs also cross the ends of
    /// the rows (against G.3.1), and one of more rows if what is left over are whole rows; anything else behind the plane is padding.
    /// </summary>
    public static void RequireDeclaredRows(ReadOnlySpan<byte> segment, int samples, int columns)
    {
        const int padding = 8;
        int at = 0;
        int position = 0;
        bool crossesRows = false;
        while (at + 1 < segment.Length)
        {
            int control = (sbyte)segment[at];
            int count = control >= 0 ? control + 1 : control == -128 ? 0 : 1 - control;
            crossesRows |= count > 0 && position + count <= samples && position / columns != (position + count - 1) / columns;
            position += count;
            at += control >= 0 ? 1 + count : control == -128 ? 1 : 2;
        }

        int surplus = position - samples;
        if (at <= segment.Length && surplus > padding && (crossesRows || surplus % columns == 0))
        {
            throw new DicomFormatException("an RLE segment holds other rows or columns than declared");
        }
    }

    // The segment was decoded before, so its runs lie inside.
    public static bool HasSlack(ReadOnlySpan<byte> segment, int left)
    {
        int at = 0;
        while (left > 0)
        {
            int control = (sbyte)segment[at];
            at += control >= 0 ? 2 + control : control == -128 ? 1 : 2;
            left -= control >= 0 ? control + 1 : control == -128 ? 0 : 1 - control;
        }

        return left < 0 || segment.Length - at > 1 || segment[at..].ContainsAnyExcept((byte)0);
    }

    private static void CopyLiteral(ReadOnlySpan<byte> literal, Span<byte> plane, int step)
    {
        if (step == 1)
        {
            literal.CopyTo(plane);
            return;
        }

        for (int i = 0, to = 0; i < literal.Length; i++, to += step)
        {
            plane[to] = literal[i];
        }
    }

    private static void Replicate(byte value, int count, Span<byte> plane, int step)
    {
        if (step == 1)
        {
            plane[..count].Fill(value);
            return;
        }

        for (int to = 0; count > 0; count--, to += step)
        {
            plane[to] = value;
        }
    }
}
