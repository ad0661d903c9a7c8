using Smi.Deid.Files;
using Smi.Tests;

namespace Smi.Deid.Tests.Files;

public sealed class FolderWalkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FolderWalkTests() => Add("in/study/a");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Links_to_folders_are_walked_into_where_they_are_followed()
    {
        Add("outside/b");
        Link("in/link", "outside");

        Assert.Equal(["link/b", "study/a"], Walk(_ => true));
        Assert.Equal(["study/a"], Walk(_ => false));
    }

    [Fact]
    public void Each_folder_outside_is_walked_once_by_the_first_of_its_links()
    {
        Add("outside/inner/b");
        Link("in/second", "outside");
        Link("in/first", "outside");
        Link("in/third", "outside/inner");
        Link("outside/inner/circle", "outside");

        Assert.Equal(["first/inner/b", "study/a"], Walk(_ => true));
    }

    [Fact]
    public void What_lies_within_the_root_is_met_under_its_own_path_alone()
    {
        Link("in/again", "in/study");
        Link("in/study/up", "in");
        // A link to what the root lies in leads back to it.
        Add("b");
        Link("in/top", "");

        Assert.Equal(["study/a", "top/b"], Walk(_ => true));
    }

    [Fact]
    public void Links_to_files_and_to_nothing_are_given_out_as_links()
    {
        Link("in/file", "in/study/a");
        Link("in/nothing", "nowhere");

        var links = Files(_ => true).Where(found => found.IsLink).Select(found => Path.GetFileName(found.Path));

        Assert.Equal(["file", "nothing"], links.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_gone_is_given_out_with_its_fault_and_the_walk_goes_on()
    {
        Add("in/later/c");
        var found = new List<string>();

        foreach (var (path, _, fault) in Files(_ => true))
        {
            found.Add($"{Path.GetRelativePath(folder.Below("in"), path)} {fault?.GetType().Name}");
            if (found.Count == 1)
            {
                Directory.Delete(folder.Below("in/study"), recursive: true);
            }
        }

        Assert.Equal(["later/c ", "study DirectoryNotFoundException"], found);
    }

    private string[] Walk(Func<string, bool> follows) =>
        [.. Files(follows).Where(found => !found.IsLink).Select(found => Path.GetRelativePath(folder.Below("in"), found.Path)).Order(StringComparer.Ordinal)];

    private IEnumerable<WalkedFile> Files(Func<string, bool> follows) => new FolderWalk(new ConfinedRoot(folder.Below("in")), follows).Files(folder.Below("in"));

    private void Add(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Below(path)) ?? folder.Path);
        File.WriteAllText(folder.Below(path), "");
    }

    private void Link(string path, string target) => File.CreateSymbolicLink(folder.Below(path), folder.Below(target));
}
