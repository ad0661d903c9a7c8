using Smi.Deid.Pixels.Examination;
using Smi.Dicom;

namespace Smi.Deid.Tests.Pixels;

public sealed class SideBySideTests
{
    private const int Processors = 3;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_lone_image_gets_every_processor()
    {
        AssertTogether(new SideBySide(Processors));
    }

    [Fact]
    public void An_image_goes_on_alone_while_another_has_every_processor()
    {
        var sideBySide = new SideBySide(Processors);
        using (var taken = sideBySide.Take(100))
        {
            Assert.Equal(Processors, taken.Count);
            var frames = new List<int>();
            // A list that is added to from one thread at a time only.
            sideBySide.For(100, frames.Add, TestContext.Current.CancellationToken);
            Assert.Equal(Enumerable.Range(0, 100), frames);
        }

        AssertTogether(sideBySide);
    }

    [Fact]
    public void Many_images_together_take_no_more_than_the_processors_and_one_each()
    {
        var sideBySide = new SideBySide(Processors);
        int working = 0, most = 0;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => sideBySide.For(
            50,
            _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref working));
                Thread.SpinWait(2000);
                Interlocked.Decrement(ref working);
            },
            TestContext.Current.CancellationToken));
        Assert.InRange(most, 1, Processors + 7);
        AssertTogether(sideBySide);
    }

    [Fact]
    public void An_image_gets_no_more_processors_than_it_has_frames()
    {
        using var taken = new SideBySide(64).Take(2);
        Assert.Equal(2, taken.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Processors)]
    public void Throws_the_first_frames_failure_and_gives_the_processors_back(int processors)
    {
        var sideBySide = new SideBySide(processors);
        var failure = Assert.Throws<DicomFormatException>(() => sideBySide.For(
            200, frame => throw new DicomFormatException($"frame {frame}"), TestContext.Current.CancellationToken));
        Assert.Equal("frame 0", failure.Message);
        using var taken = sideBySide.Take(100);
        Assert.Equal(processors, taken.Count);
    }

    /// <summary>As many frames as there are processors wait for each other.</summary>
    private static void AssertTogether(SideBySide sideBySide)
    {
        using var barrier = new Barrier(Processors);
        sideBySide.For(Processors, _ => Assert.True(barrier.SignalAndWait(Deadline)), TestContext.Current.CancellationToken);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var before = Volatile.Read(ref most); value > before; before = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, before);
        }
    }
}
