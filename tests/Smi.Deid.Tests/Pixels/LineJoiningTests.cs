using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class LineJoiningTests
{
    [Fact]
    public void Words_of_a_line_become_one_box() =>
        Assert.Equal([new PixelBox(10, 20, 140, 41)], LineJoining.Apply([new(10, 20, 60, 40), new(75, 21, 140, 41)]));

    [Fact]
    public void Words_of_a_line_that_runs_upwards_become_one_box() =>
        Assert.Equal([new PixelBox(20, 10, 41, 140)], LineJoining.Apply([new(20, 10, 40, 60), new(21, 75, 41, 140)]));

    [Fact]
    public void Words_further_apart_than_their_height_stay_apart() =>
        Assert.Equal(2, LineJoining.Apply([new(10, 20, 60, 40), new(85, 20, 140, 40)]).Count);

    [Fact]
    public void A_line_below_another_stays_apart() =>
        Assert.Equal(2, LineJoining.Apply([new(10, 20, 60, 40), new(10, 44, 60, 64)]).Count);

    [Fact]
    public void Blocks_of_lines_in_two_corners_stay_apart() =>
        Assert.Equal(2, LineJoining.Apply([new(3, 264, 141, 320), new(160, 264, 253, 320)]).Count);
}
