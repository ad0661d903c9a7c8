namespace Smi.Dicom.Reading;

/// <summary>
/// Reads the structure of a data set without its values. The nesting is kept on a stack of its own, never on the thread's, and
/// no length is believed before it is compared with what is there.
/// </summary>
internal sealed class DataSetReader
{
    private readonly ReadOptions options;
    private readonly ReadCursor cursor;
    private readonly TrailingPadding padding;
    private readonly Stack<OpenContainer> open = new();

    private DataSetReader(DicomSource source, long start, ReadOptions options)
    {
        this.options = options;
        cursor = new ReadCursor(source, options, start);
        padding = new TrailingPadding(source);
    }

    /// <summary>Reads from <paramref name="start"/> to the end of the source.</summary>
    /// <returns>The data set, and where it ends: what follows are bytes that are no data element.</returns>
    public static (DicomDataSet DataSet, long End) Read(DicomSource source, long start, DataSetEncoding encoding, ReadOptions options)
    {
        var reader = new DataSetReader(source, start, options);
        var root = new DicomDataSet(null, encoding);
        reader.open.Push(new OpenContainer { DataSet = root, End = source.Length, HasDefinedLength = true, Encoding = encoding });
        reader.ReadAll();
        return (root, reader.cursor.Position);
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

        var header = cursor.PeekHeader(container.End, container.Encoding);
        if (header.Tag == HeaderReader.ItemDelimitation && dataSet.Parent is not null)
        {
            CloseItem(container, header);
            return;
        }

        if (header.Tag.Group == 0xFFFE)
        {
            throw cursor.Fault("an item or delimiter stands where a data element should be", header.Tag);
        }

        cursor.Count(header.Tag);
        ReadElement(container, dataSet, header);
    }

    private bool EndsHere(OpenContainer container)
    {
        if (cursor.Position == container.End)
        {
            return container.HasDefinedLength ? true : throw cursor.Fault("the data end inside an item");
        }

        return open.Count == 1 && padding.IsAllThatFollows(cursor.Position, container.End);
    }

    private void CloseItem(OpenContainer container, ElementHeader header)
    {
        if (container.HasDefinedLength || header.Length != 0)
        {
            throw cursor.Fault("an item delimiter where none belongs", header.Tag);
        }

        cursor.Position += header.Size;
        open.Pop();
    }

    private void ReadElement(OpenContainer container, DicomDataSet dataSet, ElementHeader header)
    {
        var valueStart = cursor.Position + header.Size;
        if (header.Length is { } length)
        {
            if (length > container.End - valueStart)
            {
                throw cursor.Fault($"the declared length of {length} bytes is more than there is", header.Tag);
            }

            ReadDefined(container, dataSet, header, valueStart, length);
        }
        else if (IsFragmented(header))
        {
            dataSet.Append(FragmentReader.Read(cursor, header, container.End, container.Encoding));
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
            var origin = cursor.OriginOf(cursor.Position, valueStart + length, container.Encoding);
            var value = cursor.Slice(valueStart, length);
            dataSet.Append(new ValueElement(header.Tag, header.VR, value, container.Encoding.IsBigEndian, origin));
            cursor.Position = valueStart + length;
        }
    }

    private bool LooksLikeItems(long start, uint length) =>
        length >= 8 && cursor.Source.Peek(start, 4).SequenceEqual<byte>([0xFE, 0xFF, 0x00, 0xE0]);

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
            throw cursor.Fault($"sequences are nested more than {options.MaxDepth} deep", header.Tag);
        }

        open.Push(new OpenContainer
        {
            Items = [],
            Header = header,
            Start = cursor.Position,
            End = end,
            HasDefinedLength = header.Length is not null,
            Encoding = encoding,
            IsGuess = isGuess,
        });
        cursor.Position += header.Size;
    }

    private void StepInSequence(OpenContainer sequence, List<DicomDataSet> items)
    {
        if (cursor.Position == sequence.End)
        {
            if (!sequence.HasDefinedLength)
            {
                throw cursor.Fault("the data end inside a sequence", sequence.Header.Tag);
            }

            CloseSequence(items);
            return;
        }

        var header = cursor.PeekHeader(sequence.End, sequence.Encoding);
        if (header.Tag == HeaderReader.SequenceDelimitation && !sequence.HasDefinedLength && header.Length == 0)
        {
            cursor.Position += header.Size;
            CloseSequence(items);
        }
        else if (header.Tag == HeaderReader.Item)
        {
            PushItem(sequence, items, header);
        }
        else
        {
            throw cursor.Fault("a sequence holds something that is no item", sequence.Header.Tag);
        }
    }

    private void PushItem(OpenContainer sequence, List<DicomDataSet> items, ElementHeader header)
    {
        cursor.Position += header.Size;
        if (header.Length > sequence.End - cursor.Position)
        {
            throw cursor.Fault("an item is longer than what is around it", sequence.Header.Tag);
        }

        cursor.Count(sequence.Header.Tag);
        var item = new DicomDataSet(EnclosingDataSet(), sequence.Encoding) { HasDefinedLength = header.Length is not null };
        items.Add(item);
        open.Push(new OpenContainer
        {
            DataSet = item,
            End = header.Length is { } length ? cursor.Position + length : sequence.End,
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
        var origin = cursor.OriginOf(sequence.Start, cursor.Position, parent.Encoding);
        parent.DataSet?.Append(new SequenceElement(sequence.Header.Tag, vr, items, sequence.HasDefinedLength, origin));
    }

    private DicomDataSet? EnclosingDataSet() => open.First(container => container.DataSet is not null).DataSet;

    private void TakeGuessBack()
    {
        OpenContainer guess;
        do
        {
            guess = open.Pop();
        }
        while (!guess.IsGuess);
        var parent = open.Peek();
        var value = cursor.Slice(guess.Start + guess.Header.Size, guess.End - guess.Start - guess.Header.Size);
        var origin = cursor.OriginOf(guess.Start, guess.End, parent.Encoding);
        parent.DataSet?.Append(new ValueElement(guess.Header.Tag, guess.Header.VR, value, parent.Encoding.IsBigEndian, origin));
        cursor.Position = guess.End;
    }
}
