namespace Smi.Deid.Files;

/// <summary>A path that cannot leave its root. Made by <see cref="ConfinedRoot"/> only.</summary>
public sealed class ConfinedPath
{
    internal ConfinedPath(ConfinedRoot root, string relative)
    {
        Root = root;
        Relative = relative;
        FullPath = relative.Length == 0 ? root.Path : Path.Combine(root.Path, relative);
    }

    public ConfinedRoot Root { get; }

    /// <summary>Relative to the root, with slashes; no leading slash, no dots.</summary>
    public string Relative { get; }

    public string FullPath { get; }

    /// <summary>The folder it stands in; the root itself for a path directly under it.</summary>
    public ConfinedPath Folder => new(Root, Path.GetDirectoryName(Relative) ?? "");
}
