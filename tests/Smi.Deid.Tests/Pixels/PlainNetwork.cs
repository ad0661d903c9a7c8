using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

/// <summary>The network as its definition has it, one value after the other over whole maps: what the detector's own computation must equal to the bit.</summary>
internal sealed class PlainNetwork
{
    private const int Layers = 15;

    private readonly PlainLayer[] layers;

    public PlainNetwork(Stream weights)
    {
        using var reader = new BinaryReader(weights);
        reader.ReadBytes(8);
        layers = [.. Enumerable.Range(0, Layers).Select(_ => PlainLayer.Read(reader))];
    }

    public float[] Logits(GrayImage image, float[] curve)
    {
        var fourth = layers[2].Apply(layers[1].Apply(layers[0].Apply(PlainInput.Of(image, curve), 2), 2), 1);
        var eighth = layers[5].Apply(layers[4].Apply(layers[3].Apply(fourth, 2), 1), 1);
        var sixteenth = layers[8].Apply(layers[7].Apply(layers[6].Apply(eighth, 2), 1), 1);
        eighth = layers[10].Apply(Joined(eighth, layers[9].Apply(sixteenth, 1, rectified: false)), 1);
        fourth = layers[12].Apply(Joined(fourth, layers[11].Apply(eighth, 1, rectified: false)), 1);
        var answer = layers[14].Apply(layers[13].Apply(fourth, 1), 1, rectified: false);
        return [.. Enumerable.Range(0, answer.Width * answer.Height).Select(i => answer[i % answer.Width, i / answer.Width, 0])];
    }

    private static PlainMap Joined(PlainMap fine, PlainMap coarse)
    {
        var joined = new PlainMap(fine.Width, fine.Height, fine.Channels);
        for (var y = 0; y < fine.Height; y++)
        {
            for (var x = 0; x < fine.Width; x++)
            {
                for (var c = 0; c < fine.Channels; c++)
                {
                    joined[x, y, c] = Math.Max(0, fine[x, y, c] + coarse[x / 2, y / 2, c]);
                }
            }
        }

        return joined;
    }
}
