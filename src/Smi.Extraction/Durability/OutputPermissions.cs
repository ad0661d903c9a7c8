namespace Smi.Extraction.Durability;

/// <summary>Permissions and group of those a finished file is for; given before it has its name. 0600 and the service's own group when the settings say nothing.</summary>
internal sealed class OutputPermissions
{
    private readonly UnixFileMode? _mode;
    private readonly uint? _group;

    /// <param name="section">The section of the settings, for the message of a fault.</param>
    /// <param name="mode">Null: as the file was made.</param>
    /// <param name="group">A name or number; null: the service's own.</param>
    /// <exception cref="Settings.SettingsException">This machine has no such group.</exception>
    public OutputPermissions(string section, UnixFileMode? mode, string? group)
    {
        _mode = mode;
        _group = group is null ? null : UnixGroup.Find(section, group);
    }

    public void Give(string part)
    {
        if (_group is { } group)
        {
            NativeFile.ChangeGroup(part, group);
        }

        if (_mode is { } mode)
        {
            File.SetUnixFileMode(part, mode);
        }
    }
}
