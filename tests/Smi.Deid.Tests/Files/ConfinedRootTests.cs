using Smi.Deid.Files;

namespace Smi.Deid.Tests.Files;

public sealed class ConfinedRootTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("smi-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("a/b.dcm", "a/b.dcm")]
    [InlineData("/a/b.dcm", "a/b.dcm")]
    [InlineData("a\\b.dcm", "a/b.dcm")]
    [InlineData("./a//b.dcm", "a/b.dcm")]
    [InlineData("../b.dcm", null)]
    [InlineData("a/../../b.dcm", null)]
    [InlineData("a\\..\\b.dcm", null)]
    [InlineData("", null)]
    [InlineData("/", null)]
    [InlineData("a\0b", null)]
    public void A_relative_path_stays_below_its_root_or_is_none(string relative, string? expected) =>
        Assert.Equal(expected, new ConfinedRoot(folder).Find(relative)?.Relative);

    [Fact]
    public void A_link_that_leads_out_is_not_held_unless_its_target_is_allowed()
    {
        var inside = Directory.CreateDirectory(Path.Combine(folder, "in")).FullName;
        var outside = Directory.CreateDirectory(Path.Combine(folder, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "x"), "");
        File.CreateSymbolicLink(Path.Combine(inside, "link"), Path.Combine(outside, "x"));
        Directory.CreateSymbolicLink(Path.Combine(inside, "folder"), outside);
        Assert.False(Holds(new ConfinedRoot(inside), "link"));
        Assert.False(Holds(new ConfinedRoot(inside), "folder/x"));
        Assert.True(Holds(new ConfinedRoot(inside, outside), "folder/x"));
        static bool Holds(ConfinedRoot root, string path) => root.Find(path) is { } found && root.Holds(found);
    }

    [Fact]
    public void A_link_on_the_output_side_is_seen()
    {
        var root = new ConfinedRoot(folder);
        Directory.CreateDirectory(Path.Combine(folder, "real"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "link"), Path.Combine(folder, "real"));
        Assert.True(root.IsFreeOfLinks(new ConfinedRoot(folder).FromWalk(Path.Combine(folder, "real", "new", "a.dcm"))));
        Assert.False(root.IsFreeOfLinks(new ConfinedRoot(folder).FromWalk(Path.Combine(folder, "link", "a.dcm"))));
    }

    [Fact]
    public void Links_in_a_circle_are_an_error_and_not_an_endless_loop()
    {
        File.CreateSymbolicLink(Path.Combine(folder, "a"), Path.Combine(folder, "b"));
        File.CreateSymbolicLink(Path.Combine(folder, "b"), Path.Combine(folder, "a"));
        var root = new ConfinedRoot(folder);
        Assert.Throws<IOException>(() => root.Holds(root.FromWalk(Path.Combine(folder, "a"))));
    }
}
