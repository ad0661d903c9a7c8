namespace Smi.Deid.Tests.Pixels;

/// <summary>A whole feature map; beyond its edges everything is 0.</summary>
internal sealed class PlainMap(int width, int height, int channels)
{
    private readonly float[] values = new float[width * height * channels];

    public int Width => width;

    public int Height => height;

    public int Channels => channels;

    public float this[int x, int y, int channel]
    {
        get => x < 0 || y < 0 || x >= width || y >= height ? 0 : values[(((y * width) + x) * channels) + channel];
        set => values[(((y * width) + x) * channels) + channel] = value;
    }
}
