using Smi.Deid.Files;

namespace Smi.Anonymise;

/// <summary>Walks a folder. A folder below it that cannot be read is given out with its trouble, and the walk goes on.</summary>
internal static class InputFiles
{
    /// <summary>As IN is walked: links to folders are not walked into; links to files are given out, and refused later when they lead out of IN.</summary>
    public static IEnumerable<InputFile> In(ConfinedRoot root) => Walk(root, root.Path, throughLinks: false);

    /// <summary>Links to folders are walked into, each real folder once: under its own path where it has one below the root, so that circles end.</summary>
    public static IEnumerable<InputFile> ThroughLinks(string root) => Walk(new ConfinedRoot(root), Path.GetFullPath(root), throughLinks: true);

    private static IEnumerable<InputFile> Walk(ConfinedRoot root, string start, bool throughLinks) =>
        new FolderWalk(root, _ => throughLinks).Files(start).Select(found => new InputFile(found.Path, Trouble(found)));

    private static string? Trouble(WalkedFile found) => found switch
    {
        { Fault: UnauthorizedAccessException } => "the folder may not be read",
        { Fault: not null } => "the folder could not be read to its end",
        { CanBeNamed: false } => "the file's name is not valid UTF-8; rename it",
        _ => null,
    };
}
