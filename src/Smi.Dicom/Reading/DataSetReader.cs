namespace Smi.Dicom.Reading;

/// <summary>
/// Reads the structure of a data set without its values. The nesting is kept on a stack of its own, never on the thread's, and
/// no length is believed before it is compared with what is there.
/// </summary>
internal sealed class DataSetReader
{
    private readonly DicomSource source;
    private readonly ReadOptions options;
    private readonly Stack<OpenContainer> open = new();
    private long position;
    private int count;

    // Zeros up to here are followed by something: looked at once, not once for each element that is all zeros.
    private long paddingEndsAt;

    private DataSetReader(DicomSource source, ReadOptions options)
    {
        this.source = source;
        this.options = options;
    }

    /// <summary>Reads from <paramref name="start"/> to the end of the source.</summary>
    /// <returns>The data set, and where it ends: what follows are bytes that are no data element.</returns>
    public static (DicomDataSet DataSet, long End) Read(DicomSource source, long start, DataSetEncoding encoding, ReadOptions options)
    {
        var reader = new DataSetReader(source, options) { position = start };
        var root = new DicomDataSet(null, encoding);
        reader.open.Push(new OpenContainer { DataSet = root, End = source.Length, HasDefinedLength = true, Encoding = encoding });
        reader.ReadAll();
        return (root, reader.position);
    }

    private void ReadAll()
    {
        while (open.Count > 0)
        {
            try
            {
                Step(open.Peek());
            }
            catch (DicomFormatException) when (open.Any(container => container.IsGuess))
            {
                TakeGuessBack();
            }
        }
    }

    private void Step(OpenContainer container)
    {
        if (container.Items is not null)
        {
            StepInSequence(container, container.Items);
        }
        else if (container.DataSet is { } dataSet)
        {
            StepInDataSet(container, dataSet);
        }
    }

    private void StepInDataSet(OpenContainer container, DicomDataSet dataSet)
    {
        if (EndsHere(container))
        {
            open.Pop();
            return;
        }

        var header = PeekHeader(container);
        if (header.Tag == HeaderReader.ItemDelimitation && dataSet.Parent is not null)
        {
            CloseItem(container, header);
            return;
        }

        if (header.Tag.Group == 0xFFFE)
        {
            throw new DicomFormatException("an item or delimiter stands where a data element should be", position, header.Tag);
        }

        if (++count > options.MaxElements)
        {
            throw new DicomFormatException($"there are more than {options.MaxElements} data elements", position, header.Tag);
        }

        ReadElement(container, dataSet, header);
    }

    private bool EndsHere(OpenContainer container)
    {
        if (position == container.End)
        {
            return container.HasDefinedLength ? true : throw new DicomFormatException("the data end inside an item", position);
        }

        return open.Count == 1 && OnlyPaddingFollows(container.End);
    }

    // Writers fill files up with zeros; less than a header cannot be an element either.
    private bool OnlyPaddingFollows(long end)
    {
        if (end - position < 8)
        {
            return true;
        }

        if (position < paddingEndsAt || source.Peek(position, 8).IndexOfAnyExcept((byte)0) >= 0)
        {
            return false;
        }

        for (var at = position; at < end; at += 4096)
        {
            var other = source.Peek(at, (int)Math.Min(4096, end - at)).IndexOfAnyExcept((byte)0);
            if (other >= 0)
            {
                paddingEndsAt = at + other;
                return false;
            }
        }

        return true;
    }

    private ElementHeader PeekHeader(OpenContainer container)
    {
        var available = (int)Math.Min(ElementHeader.LongestSize, container.End - position);
        return HeaderReader.Read(source.Peek(position, available), container.Encoding, position);
    }

    private void CloseItem(OpenContainer container, ElementHeader header)
    {
        if (container.HasDefinedLength || header.Length != 0)
        {
            throw new DicomFormatException("an item delimiter where none belongs", position, header.Tag);
        }

        position += header.Size;
        open.Pop();
    }

    private void ReadElement(OpenContainer container, DicomDataSet dataSet, ElementHeader header)
    {
        var valueStart = position + header.Size;
        if (header.Length is { } length)
        {
            if (length > container.End - valueStart)
            {
                throw new DicomFormatException($"the declared length of {length} bytes is more than there is", position, header.Tag);
            }

            ReadDefined(container, dataSet, header, valueStart, length);
        }
        else if (IsFragmented(header))
        {
            ReadFragments(container, dataSet, header);
        }
        else
        {
            ReadUndefined(container, header, valueStart);
        }
    }

    private void ReadDefined(OpenContainer container, DicomDataSet dataSet, ElementHeader header, long valueStart, uint length)
    {
        if (header.VR == VR.SQ)
        {
            PushSequence(header, container.Encoding, valueStart + length, isGuess: false);
        }
        else if (header.VR == VR.UN && LooksLikeItems(valueStart, length))
        {
            PushSequence(header, DataSetEncoding.ImplicitLittleEndian, valueStart + length, isGuess: true);
        }
        else
        {
            var origin = OriginOf(position, valueStart + length, container.Encoding);
            var value = new ByteSlice(source, valueStart, length);
            dataSet.Append(new ValueElement(header.Tag, header.VR, value, container.Encoding.IsBigEndian, origin));
            position = valueStart + length;
        }
    }

    private bool LooksLikeItems(long start, uint length) =>
        length >= 8 && source.Peek(start, 4).SequenceEqual<byte>([0xFE, 0xFF, 0x00, 0xE0]);

    private static bool IsFragmented(ElementHeader header) =>
        header.VR is VR.OB or VR.OW || header.Tag == DicomTags.PixelData;

    private void ReadUndefined(OpenContainer container, ElementHeader header, long valueStart)
    {
        // PS3.5 6.2.2: UN of undefined length holds implicit VR little endian, whatever is around it. In implicit encoding an
        // undefined length can only be a sequence.
        if (header.VR == VR.UN && container.Encoding.IsExplicit)
        {
            PushSequence(header, DataSetEncoding.ImplicitLittleEndian, container.End, isGuess: false);
        }
        else if (header.VR == VR.SQ || !container.Encoding.IsExplicit)
        {
            PushSequence(header, container.Encoding, container.End, isGuess: false);
        }
        else
        {
            throw new DicomFormatException($"a value of VR {header.VR.Letters()} cannot have undefined length", valueStart, header.Tag);
        }
    }

    private void PushSequence(ElementHeader header, DataSetEncoding encoding, long end, bool isGuess)
    {
        if (open.Count > 2 * options.MaxDepth)
        {
            throw new DicomFormatException($"sequences are nested more than {options.MaxDepth} deep", position, header.Tag);
        }

        open.Push(new OpenContainer
        {
            Items = [],
            Header = header,
            Start = position,
            End = end,
            HasDefinedLength = header.Length is not null,
            Encoding = encoding,
            IsGuess = isGuess,
        });
        position += header.Size;
    }

    private void StepInSequence(OpenContainer sequence, List<DicomDataSet> items)
    {
        if (position == sequence.End)
        {
            if (!sequence.HasDefinedLength)
            {
                throw new DicomFormatException("the data end inside a sequence", position, sequence.Header.Tag);
            }

            CloseSequence(items);
            return;
        }

        var header = PeekHeader(sequence);
        if (header.Tag == HeaderReader.SequenceDelimitation && !sequence.HasDefinedLength && header.Length == 0)
        {
            position += header.Size;
            CloseSequence(items);
        }
        else if (header.Tag == HeaderReader.Item)
        {
            PushItem(sequence, items, header);
        }
        else
        {
            throw new DicomFormatException("a sequence holds something that is no item", position, sequence.Header.Tag);
        }
    }

    private void PushItem(OpenContainer sequence, List<DicomDataSet> items, ElementHeader header)
    {
        position += header.Size;
        if (header.Length > sequence.End - position)
        {
            throw new DicomFormatException("an item is longer than what is around it", position, sequence.Header.Tag);
        }

        if (++count > options.MaxElements)
        {
            throw new DicomFormatException($"there are more than {options.MaxElements} items and data elements", position, sequence.Header.Tag);
        }

        var item = new DicomDataSet(EnclosingDataSet(), sequence.Encoding) { HasDefinedLength = header.Length is not null };
        items.Add(item);
        open.Push(new OpenContainer
        {
            DataSet = item,
            End = header.Length is { } length ? position + length : sequence.End,
            HasDefinedLength = item.HasDefinedLength,
            Encoding = sequence.Encoding,
        });
    }

    private void CloseSequence(List<DicomDataSet> items)
    {
        var sequence = open.Pop();
        var parent = open.Peek();
        // VR UN stays UN so that an untouched element is written back as it was; in implicit encoding there is no VR to keep.
        var vr = parent.Encoding.IsExplicit && sequence.Header.VR == VR.UN ? VR.UN : VR.SQ;
        var origin = OriginOf(sequence.Start, position, parent.Encoding);
        parent.DataSet?.Append(new SequenceElement(sequence.Header.Tag, vr, items, sequence.HasDefinedLength, origin));
    }

    private DicomDataSet? EnclosingDataSet() => open.First(container => container.DataSet is not null).DataSet;

    private void ReadFragments(OpenContainer container, DicomDataSet dataSet, ElementHeader header)
    {
        var start = position;
        position += header.Size;
        var fragments = new List<ByteSlice>();
        while (true)
        {
            var item = PeekHeader(container);
            position += item.Size;
            if (item.Tag == HeaderReader.SequenceDelimitation && item.Length == 0)
            {
                break;
            }

            if (item.Tag != HeaderReader.Item || item.Length is not { } length || length > container.End - position || ++count > options.MaxElements)
            {
                throw new DicomFormatException("a fragment is cut off or is no fragment", position, header.Tag);
            }

            fragments.Add(new ByteSlice(source, position, length));
            position += length;
        }

        dataSet.Append(new EncapsulatedElement(header.Tag, header.VR, fragments, OriginOf(start, position, container.Encoding)));
    }

    private void TakeGuessBack()
    {
        OpenContainer guess;
        do
        {
            guess = open.Pop();
        }
        while (!guess.IsGuess);
        var parent = open.Peek();
        var value = new ByteSlice(source, guess.Start + guess.Header.Size, guess.End - guess.Start - guess.Header.Size);
        var origin = OriginOf(guess.Start, guess.End, parent.Encoding);
        parent.DataSet?.Append(new ValueElement(guess.Header.Tag, guess.Header.VR, value, parent.Encoding.IsBigEndian, origin));
        position = guess.End;
    }

    private ElementOrigin OriginOf(long start, long end, DataSetEncoding encoding) => new(new ByteSlice(source, start, end - start), encoding);
}
