using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

public sealed class TextNetworkTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 150)]
    [InlineData(96, 96)]
    [InlineData(131, 97)]
    [InlineData(97, 203)]
    [InlineData(530, 100)]
    public void Answers_to_the_bit_what_its_definition_over_whole_maps_gives(int width, int height)
    {
        var image = Picture(width, height);
        var curve = ToneCurve.Of(image);
        using var weights = typeof(TextNetwork).Assembly.GetManifestResourceStream("text-first-look.bin");
        Assert.NotNull(weights);
        var expected = new PlainNetwork(weights).Logits(image, curve);
        Assert.Equal(expected, TextNetwork.ForFirstLook().Logits(NetworkInput.Of(image, curve)));
    }

    [Theory]
    [InlineData(8, 8, 8, 8)]
    [InlineData(16, 24, 40, 48)]
    [InlineData(8, 24, 16, 56)]
    public void Answers_so_with_any_numbers_of_channels_that_are_multiples_of_eight(int second, int fourth, int eighth, int sixteenth)
    {
        var image = Picture(115, 100);
        var curve = ToneCurve.Of(image);
        var weights = UntrainedWeights.Of(second, fourth, eighth, sixteenth);
        var answered = TextNetwork.Read(new MemoryStream(weights)).Logits(NetworkInput.Of(image, curve));
        Assert.True(answered.Distinct().Count() > answered.Length / 2);
        Assert.Equal(new PlainNetwork(new MemoryStream(weights)).Logits(image, curve), answered);
    }

    [Fact]
    public void Holds_no_more_for_a_tall_picture_than_for_a_flat_one()
    {
        const int height = 20_000;
        var image = Picture(TextNetwork.LeastSide, height);
        var input = NetworkInput.Of(image, ToneCurve.Of(image));
        var network = TextNetwork.ForFirstLook();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var answered = network.Logits(input);
        // Of its largest map alone, at half the size with sixteen channels, the whole would take 30 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, sizeof(float) * answered.Length, 2_000_000);
    }

    private static GrayImage Picture(int width, int height)
    {
        var picture = new BitmapText(width, height).WithNoise(90, 30, width + height);
        if (width > 90)
        {
            picture.Burn("SMITH", 10, 5, 2, 255);
        }

        // What is beside a picture is black more often than not.
        for (var y = 0; y < height; y++)
        {
            picture.Pixels.AsSpan(y * width, width)[(width / 4)..].Clear();
        }

        return GrayImage.FromBytes(width, height, picture.Pixels);
    }
}
