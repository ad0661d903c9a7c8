using System.Diagnostics;
using Smi.Deid.Pixels.Detection;

namespace Smi.Deid.Tests.Pixels;

public sealed class ProcessorTests
{
    [Theory]
    [InlineData("EnableAVX2")]
    [InlineData("EnableHWIntrinsic")]
    public async Task The_network_answers_the_same_on_processors_with_fewer_instructions(string lacking)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(3));
        var start = new ProcessStartInfo("dotnet", [typeof(ProcessorTests).Assembly.Location, "-method", $"{typeof(ProcessorTests).FullName}.{nameof(The_network_answers_on_this_processor)}"])
        {
            RedirectStandardOutput = true,
            Environment = { [$"DOTNET_{lacking}"] = "0" },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        Assert.True(process.ExitCode == 0 && output.Contains("Total: 1, Errors: 0, Failed: 0", StringComparison.Ordinal), output);
    }

    [Fact]
    public void The_network_answers_on_this_processor()
    {
        var picture = new BitmapText(97, 130).WithNoise(90, 30, 1);
        picture.Burn("SMITH", 10, 5, 2, 255);
        var image = GrayImage.FromBytes(97, 130, picture.Pixels);
        var curve = ToneCurve.Of(image);
        var weights = UntrainedWeights.Of(16, 8, 24, 8);
        Assert.Equal(
            new PlainNetwork(new MemoryStream(weights)).Logits(image, curve),
            TextNetwork.Read(new MemoryStream(weights)).Logits(NetworkInput.Of(image, curve)));
    }
}
