namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>A tag tree (ITU T.800 B.10.2): for each leaf a number, told a little more with each packet.</summary>
internal sealed class TagTree
{
    private readonly Level[] _levels;

    public TagTree(int width, int height)
    {
        var levels = new List<Level> { new(width, height) };
        while (width > 1 || height > 1)
        {
            (width, height) = ((width + 1) / 2, (height + 1) / 2);
            levels.Add(new Level(width, height));
        }

        _levels = [.. levels];
    }

    /// <summary>Reads until it is known whether the leaf's value is below <paramref name="threshold"/>.</summary>
    public bool IsBelow(int x, int y, int threshold, ref PacketHeaderBits bits)
    {
        var least = 0;
        for (var depth = _levels.Length - 1; depth >= 0; depth--)
        {
            ref var node = ref _levels[depth].Node(x >> depth, y >> depth);
            node.Least = Math.Max(node.Least, least);
            while (!node.IsKnown && node.Least < threshold)
            {
                if (bits.ReadBit() == 1)
                {
                    node.IsKnown = true;
                }
                else
                {
                    node.Least++;
                }
            }

            least = node.Least;
        }

        ref var leaf = ref _levels[0].Node(x, y);
        return leaf.IsKnown && leaf.Least < threshold;
    }

    /// <summary>Sets a leaf before writing; nodes above get the least value below them.</summary>
    public void SetValue(int x, int y, int value)
    {
        for (var depth = 0; depth < _levels.Length; depth++)
        {
            ref var node = ref _levels[depth].Node(x >> depth, y >> depth);
            node.Value = Math.Min(node.Value, value);
        }
    }

    /// <summary>The mirror of <see cref="IsBelow"/>.</summary>
    public void Write(int x, int y, int threshold, PacketHeaderWriter bits)
    {
        var least = 0;
        for (var depth = _levels.Length - 1; depth >= 0; depth--)
        {
            ref var node = ref _levels[depth].Node(x >> depth, y >> depth);
            node.Least = Math.Max(node.Least, least);
            while (!node.IsKnown && node.Least < threshold)
            {
                node.IsKnown = node.Least == node.Value;
                bits.WriteBit(node.IsKnown ? 1 : 0);
                node.Least += node.IsKnown ? 0 : 1;
            }

            least = node.Least;
        }
    }

    private struct Node
    {
        public int Least;
        public int Value;
        public bool IsKnown;
    }

    private sealed class Level
    {
        private readonly int _width;
        private readonly Node[] _nodes;

        public Level(int width, int height)
        {
            _width = width;
            _nodes = new Node[width * height];
            Array.Fill(_nodes, new Node { Value = int.MaxValue });
        }

        public ref Node Node(int x, int y) => ref _nodes[(y * _width) + x];
    }
}
