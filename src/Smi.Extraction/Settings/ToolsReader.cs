using Smi.Deid.Tools;

namespace Smi.Extraction.Settings;

/// <summary>Reads which external tools do what: the section Tools, and the original's keys of DicomAnonymiserOptions.</summary>
internal static class ToolsReader
{
    private const string DefaultType = "DefaultAnonymiser";
    private const string CtpType = "SmiCtpAnonymiser";

    public static ToolSettings Read(YamlSection anonymiser, YamlSection tools, SettingsPaths files, string? logsRoot)
    {
        var paths = OriginalToolPaths.Read(anonymiser, files, logsRoot);
        var type = anonymiser.OptionalText("AnonymiserType");
        var stages = new Stages(
            anonymiser.Choice("TagsBy", type is DefaultType or CtpType ? ToolChoice.CtpAnonCli : ToolChoice.BuiltIn),
            anonymiser.Choice("ReportsBy", type is DefaultType or CtpType && paths.SRAnonymiserTool is not null ? ToolChoice.SRAnonTool : ToolChoice.BuiltIn),
            anonymiser.Choice("PixelsBy", type is DefaultType && paths.DicomPixelAnon is not null ? ToolChoice.DicomPixelAnon : ToolChoice.BuiltIn));
        var obstacle = Obstacle(type, stages, paths);
        var originals = obstacle is null ? Originals(stages, paths).ToDictionary(tool => tool.Name, StringComparer.Ordinal) : [];
        var sections = tools.Names.Select(name => (Name: name, Section: tools.Section(name))).ToList();
        var keep = files.ResolveOptional(anonymiser.OptionalText("KeepToolOutput"));
        // What an entry adjusts is not known while there is an obstacle.
        var entries = obstacle is not null ? [] : sections.Select(entry => ToolEntryReader.Read(entry.Section, entry.Name, originals.GetValueOrDefault(entry.Name), files)).OfType<ToolDefinition>().ToList();
        return new()
        {
            Definitions = [.. entries.Concat(originals.Values.Where(tool => !tools.Has(tool.Name))).Select(tool => tool with { KeepOutputIn = tool.KeepOutputIn ?? keep })],
            WorkFolder = files.Resolve(anonymiser.Text("ToolWorkFolder", Path.Combine(Path.GetTempPath(), "smi-tools"))),
            Obstacle = obstacle,
        };
    }

    private static IEnumerable<ToolDefinition> Originals(Stages stages, OriginalToolPaths paths)
    {
        if (stages.Tags == ToolChoice.CtpAnonCli)
        {
            yield return OriginalTools.CtpAnonCli(paths.CtpAnonCliJar ?? "", paths.CtpAllowlistScript ?? "");
        }

        if (stages.Reports == ToolChoice.SRAnonTool)
        {
            yield return OriginalTools.SrAnonTool(paths, paths.SRAnonymiserTool ?? "");
        }

        if (stages.Pixels == ToolChoice.DicomPixelAnon)
        {
            yield return OriginalTools.DicomPixelAnon(paths, paths.DicomPixelAnon ?? "");
        }
    }

    private static string? Obstacle(string? type, Stages stages, OriginalToolPaths paths) =>
        type is not (null or DicomAnonymiserSettings.BuiltIn or DefaultType or CtpType)
            ? $"DicomAnonymiserOptions.AnonymiserType {type} is not known here; there are {DicomAnonymiserSettings.BuiltIn}, {CtpType} and {DefaultType}"
        : type is null && stages is { Tags: ToolChoice.BuiltIn, Reports: ToolChoice.BuiltIn, Pixels: ToolChoice.BuiltIn } && paths is not { CtpAnonCliJar: null, DicomPixelAnon: null, SRAnonymiserTool: null }
            ? $"DicomAnonymiserOptions.AnonymiserType is empty and the paths of external tools are set; say {DicomAnonymiserSettings.BuiltIn} for the engines of this program, or {DefaultType}"
        : stages.Tags is not (ToolChoice.BuiltIn or ToolChoice.CtpAnonCli) ? "DicomAnonymiserOptions.TagsBy must be BuiltIn or CtpAnonCli"
        : stages.Reports is not (ToolChoice.BuiltIn or ToolChoice.SRAnonTool) ? "DicomAnonymiserOptions.ReportsBy must be BuiltIn or SRAnonTool"
        : stages.Pixels is not (ToolChoice.BuiltIn or ToolChoice.DicomPixelAnon) ? "DicomAnonymiserOptions.PixelsBy must be BuiltIn or DicomPixelAnon"
        : stages.Tags == ToolChoice.CtpAnonCli && paths.CtpAnonCliJar is null ? "attributes are to be done by ctp-anon-cli, and DicomAnonymiserOptions.CtpAnonCliJar is not set"
        : stages.Tags == ToolChoice.CtpAnonCli && paths.CtpAllowlistScript is null ? "attributes are to be done by ctp-anon-cli, and DicomAnonymiserOptions.CtpAllowlistScript is not set"
        : stages.Reports == ToolChoice.SRAnonTool && paths.SRAnonymiserTool is null ? "reports are to be done by SRAnonTool, and DicomAnonymiserOptions.SRAnonymiserToolPath is not set"
        : stages.Pixels == ToolChoice.DicomPixelAnon && paths.DicomPixelAnon is null ? "pixels are to be done by dicompixelanon, and DicomAnonymiserOptions.DicomPixelAnonPath is not set"
        : null;

    private sealed record Stages(ToolChoice Tags, ToolChoice Reports, ToolChoice Pixels);
}
