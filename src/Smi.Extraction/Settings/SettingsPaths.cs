namespace Smi.Extraction.Settings;

/// <summary>Paths of the settings are relative to the file they stand in, not to wherever the program was started.</summary>
internal sealed class SettingsPaths(string settingsFile)
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(settingsFile)) ?? "/";

    public string Resolve(string path) => Path.GetFullPath(path, _folder);

    public string? ResolveOptional(string? path) => path is null ? null : Resolve(path);
}
