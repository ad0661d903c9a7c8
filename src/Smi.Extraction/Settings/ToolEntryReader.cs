using System.Globalization;
using Smi.Deid.Tools;
using Smi.Dicom;

namespace Smi.Extraction.Settings;

/// <summary>Reads one entry of the section Tools.</summary>
internal static class ToolEntryReader
{
    private const long Megabyte = 1024 * 1024;

    private static readonly Dictionary<string, ToolProtocol> Protocols = new(StringComparer.Ordinal)
    {
        ["one-shot"] = ToolProtocol.OneShot,
        ["line-daemon"] = ToolProtocol.LineDaemon,
        ["json-lines"] = ToolProtocol.JsonLines,
    };

    private static readonly Dictionary<string, ToolStageKind> Stages = new(StringComparer.Ordinal)
    {
        ["tags"] = ToolStageKind.Tags,
        ["reports"] = ToolStageKind.Reports,
        ["pixels"] = ToolStageKind.Pixels,
    };

    private static readonly Dictionary<string, ToolInput> Inputs = new(StringComparer.Ordinal)
    {
        ["original"] = ToolInput.Original,
        ["edited"] = ToolInput.Edited,
        ["both"] = ToolInput.Both,
    };

    /// <param name="like">What the entry adjusts: a tool of the original. Null for a tool of its own.</param>
    /// <returns>Null for an entry that is switched off.</returns>
    public static ToolDefinition? Read(YamlSection section, string name, ToolDefinition? like, SettingsPaths files)
    {
        var isOn = section.Flag("Enabled", true);
        var standard = like ?? new ToolDefinition { Name = name, Stage = ToolStageKind.Tags, Command = "" };
        var tool = WithProtocol(WithFiles(standard, section, like is null, files), section) with
        {
            Limits = Limits(section, standard.Limits),
            PoolSize = section.Number("PoolSize", standard.PoolSize, 1, 1024),
            Attempts = section.Number("Attempts", standard.Attempts, 1, 100),
            RestartDelay = section.Seconds("RestartDelay", standard.RestartDelay.TotalSeconds),
            KeepOutputIn = files.ResolveOptional(section.OptionalText("KeepToolOutput")) ?? standard.KeepOutputIn,
        };
        section.Close();
        return isOn ? tool : null;
    }

    private static ToolDefinition WithFiles(ToolDefinition standard, YamlSection section, bool isNew, SettingsPaths files)
    {
        var command = section.OptionalText("Command");
        return standard with
        {
            Stage = Word(section, "Stage", Stages, isNew ? null : standard.Stage),
            Modalities = Texts(section, "Modalities", standard.Modalities),
            Command = command is null ? (isNew ? throw section.Fault("Command", "is missing") : standard.Command) : command.Contains('/', StringComparison.Ordinal) ? files.Resolve(command) : command,
            Arguments = Texts(section, "Arguments", standard.Arguments),
            VersionArguments = Texts(section, "VersionArguments", standard.VersionArguments),
            Reads = Word(section, "Reads", Inputs, standard.Reads),
            Output = section.Text("Output", standard.Output),
            Environment = standard.Environment.Concat(section.Section("Environment").AllTexts()).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value),
            SearchPath = Texts(section, "SearchPath", standard.SearchPath, files),
            VirtualEnvironment = files.ResolveOptional(section.OptionalText("VirtualEnvironment")) ?? standard.VirtualEnvironment,
            WorkingDirectory = files.ResolveOptional(section.OptionalText("WorkingDirectory")) ?? standard.WorkingDirectory,
            InsistsOnReadOnlyInput = section.Flag("ReadOnlyInput", standard.InsistsOnReadOnlyInput),
            MayKeep = [.. standard.MayKeep, .. section.Texts("MayKeep").Select(keyword => Tag(section, keyword))],
        };
    }

    private static ToolDefinition WithProtocol(ToolDefinition standard, YamlSection section)
    {
        var lines = standard.Lines;
        return standard with
        {
            Protocol = Word(section, "Protocol", Protocols, standard.Protocol),
            Lines = new LineProtocol
            {
                Ready = section.OptionalText("Ready") ?? lines.Ready,
                Request = section.Text("Request", lines.Request),
                Success = section.Text("Success", lines.Success),
                Failure = section.Text("Failure", lines.Failure),
                Chatter = section.OptionalText("Chatter") ?? lines.Chatter,
            },
            SuccessCodes = section.Texts("SuccessCodes") is { Count: > 0 } codes ? [.. codes.Select(code => Code(section, code))] : standard.SuccessCodes,
        };
    }

    private static ToolLimits Limits(YamlSection section, ToolLimits standard) => new()
    {
        Start = section.Seconds("StartLimit", standard.Start.TotalSeconds),
        File = section.Seconds("FileLimit", standard.File.TotalSeconds),
        Idle = section.Seconds("IdleLimit", standard.Idle.TotalSeconds),
        Memory = section.Number("MemoryLimitInMB", (int)(standard.Memory / Megabyte)) * Megabyte,
        FilesPerProcess = section.Number("FilesPerProcess", standard.FilesPerProcess),
    };

    private static IReadOnlyList<string> Texts(YamlSection section, string key, IReadOnlyList<string> standard, SettingsPaths? files = null) =>
        !section.Has(key) ? standard : files is null ? section.Texts(key) : [.. section.Texts(key).Select(files.Resolve)];

    private static T Word<T>(YamlSection section, string key, Dictionary<string, T> words, T? standard) where T : struct =>
        section.OptionalText(key) is not { } word ? standard ?? throw section.Fault(key, $"is missing; it is one of {string.Join(", ", words.Keys)}")
        : words.TryGetValue(word, out var value) ? value
        : throw section.Fault(key, $"must be one of {string.Join(", ", words.Keys)}");

    private static DicomTag Tag(YamlSection section, string keyword) =>
        DicomDictionary.FindKeyword(keyword)?.Tag ?? throw section.Fault("MayKeep", $"names {keyword}, which is no attribute's keyword");

    private static int Code(YamlSection section, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code <= 125
            ? code
            : throw section.Fault("SuccessCodes", "must be exit codes from 0 to 125");
}
