using System.CommandLine;
using Smi.Extraction.Settings;
using Smi.Verbs;

namespace Smi.Services;

/// <summary>The option -y that every service verb has.</summary>
internal static class SettingsOption
{
    public static Option<string> Create() => new("--yaml-file", "-y")
    {
        HelpName = "YAML",
        Description = "The settings; default.yaml or config/default.yaml when not given.",
    };

    public static SmiSettings Load(ParseResult arguments, Option<string> option) =>
        Load(arguments.GetValue(option) ?? (File.Exists("default.yaml") ? "default.yaml" : Path.Combine("config", "default.yaml")));

    /// <exception cref="UsageException">The settings cannot be read or are not understood.</exception>
    public static SmiSettings Load(string path)
    {
        try
        {
            return SettingsLoader.Load(path);
        }
        catch (SettingsException fault)
        {
            throw new UsageException(fault.Message);
        }
    }
}
