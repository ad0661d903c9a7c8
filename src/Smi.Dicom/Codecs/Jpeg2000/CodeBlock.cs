namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>A code-block: its place in the component's samples and its coding passes, those that packets brought or those that it was coded with anew.</summary>
internal sealed class CodeBlock
{
    /// <summary>T.800 B.10.7.1: Lblock begins with 3.</summary>
    private const int FirstLengthBits = 3;

    private PassBytes[] _contributions = [];
    private int _contributionCount;

    /// <summary>Place of the first sample in the buffer of the tile-component, where subbands lie side by side.</summary>
    public required int X { get; init; }

    public required int Y { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public bool IsIncluded { get; set; }

    public int MissingBitPlanes { get; set; }

    public int LengthBits { get; set; } = FirstLengthBits;

    /// <summary>What the contributions' places refer to where the block was coded anew; null where it is the packets.</summary>
    public byte[]? OwnBytes { get; private set; }

    public int Passes { get; private set; }

    /// <summary>Codeword segments so far, and the passes in the last of them.</summary>
    public int Segments { get; private set; }

    public int PassesInSegment { get; private set; }

    public ReadOnlySpan<PassBytes> Contributions => _contributions.AsSpan(0, _contributionCount);

    public ref PassBytes Contribution(int index) => ref _contributions[index];

    /// <summary>True when no pass of the last bit plane is missing (D.3: the first bit plane has one pass, each further one three).</summary>
    public bool IsComplete(int bitPlanes) => Passes == (3 * (bitPlanes - MissingBitPlanes)) - 2;

    /// <summary>Passes that the next segment, or the rest of the open one, can take (D.4.2 and D.6).</summary>
    public int RoomInSegment(BlockStyle style, out bool opensSegment)
    {
        var room = Segments == 0 ? 0 : Capacity(style, Segments - 1) - PassesInSegment;
        opensSegment = room == 0;
        return opensSegment ? Capacity(style, Segments) : room;
    }

    /// <summary>What the packet of a layer brings.</summary>
    public ReadOnlySpan<PassBytes> ContributionsOf(int layer)
    {
        var first = 0;
        while (first < _contributionCount && _contributions[first].Layer < layer)
        {
            first++;
        }

        var end = first;
        while (end < _contributionCount && _contributions[end].Layer == layer)
        {
            end++;
        }

        return _contributions.AsSpan(first..end);
    }

    /// <summary>Forgets all passes; what is coded now takes their place.</summary>
    public void StartAnew(int missingBitPlanes)
    {
        (_contributionCount, Passes, Segments, PassesInSegment) = (0, 0, 0, 0);
        (OwnBytes, MissingBitPlanes) = (null, missingBitPlanes);
    }

    /// <summary>One codeword segment of <see cref="OwnBytes"/>, which follow when all are there.</summary>
    public void AddOwn(int passes, int offset, int length)
    {
        Add(passes, length, opensSegment: true, layer: 0);
        _contributions[_contributionCount - 1].Offset = offset;
    }

    public void SetOwnBytes(byte[] bytes) => OwnBytes = bytes;

    /// <summary>Before its passes are written: what packets have told of it is nothing yet.</summary>
    public void BeginWriting()
    {
        IsIncluded = false;
        LengthBits = FirstLengthBits;
    }

    public void Add(int passes, int length, bool opensSegment, int layer)
    {
        if (_contributionCount == _contributions.Length)
        {
            Array.Resize(ref _contributions, Math.Max(1, 2 * _contributionCount));
        }

        Passes += passes;
        Segments += opensSegment ? 1 : 0;
        PassesInSegment = opensSegment ? passes : PassesInSegment + passes;
        _contributions[_contributionCount++] = new PassBytes { Passes = passes, Length = length, OpensSegment = opensSegment, Layer = layer };
    }

    private static int Capacity(BlockStyle style, int segment)
    {
        if ((style & BlockStyle.TerminateEachPass) != 0)
        {
            return 1;
        }

        if ((style & BlockStyle.Bypass) == 0)
        {
            return int.MaxValue;
        }

        // Table D.9: the first ten passes together, then two raw passes and one of the arithmetic coder in turn.
        return segment == 0 ? 10 : segment % 2 == 1 ? 2 : 1;
    }

    /// <summary>What one packet brings for one codeword segment.</summary>
    internal struct PassBytes
    {
        public int Passes;
        public int Offset;
        public int Length;
        public bool OpensSegment;
        public int Layer;
    }
}
