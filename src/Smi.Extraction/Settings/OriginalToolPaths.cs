namespace Smi.Extraction.Settings;

/// <summary>The original's keys of DicomAnonymiserOptions that say where its tools are.</summary>
internal sealed record OriginalToolPaths
{
    public string? VirtualEnvironment { get; init; }

    /// <summary>The folder of dicom_pixel_anon.sh, or the program itself.</summary>
    public string? DicomPixelAnon { get; init; }

    public string? SmiServices { get; init; }

    public string? CtpAnonCliJar { get; init; }

    public string? CtpAllowlistScript { get; init; }

    public string? SRAnonymiserTool { get; init; }

    /// <summary>The folder that SRAnonTool knows as its semehr directory; null for its own default.</summary>
    public string? SemEhr { get; init; }

    public string? LogsRoot { get; init; }

    public static OriginalToolPaths Read(YamlSection section, SettingsPaths files, string? logsRoot) => new()
    {
        VirtualEnvironment = files.ResolveOptional(section.OptionalText("VirtualEnvPath")),
        DicomPixelAnon = files.ResolveOptional(section.OptionalText("DicomPixelAnonPath")),
        SmiServices = files.ResolveOptional(section.OptionalText("SmiServicesPath")),
        CtpAnonCliJar = files.ResolveOptional(section.OptionalText("CtpAnonCliJar")),
        CtpAllowlistScript = files.ResolveOptional(section.OptionalText("CtpAllowlistScript")),
        SRAnonymiserTool = files.ResolveOptional(section.OptionalText("SRAnonymiserToolPath")),
        SemEhr = files.ResolveOptional(section.OptionalText("SemEhrPath")),
        LogsRoot = files.ResolveOptional(logsRoot),
    };
}
