using Smi.Deid.Tools;

namespace Smi.Extraction.Settings;

/// <summary>How the tools of the original are started and spoken to. Each can be adjusted by an entry of its name in the section Tools.</summary>
internal static class OriginalTools
{
    public const string Ctp = "ctp-anon-cli";
    public const string PixelAnon = "dicompixelanon";
    public const string ReportAnon = "sr-anon-tool";

    private const string PixelAnonScript = "dicom_pixel_anon.sh";
    private const string PixelAnonProgram = "dicom_pixel_anon.py";

    /// <summary>A daemon for attributes. Reports are left to <see cref="SrAnonTool"/>, which then has limits of its own.</summary>
    public static ToolDefinition CtpAnonCli(string jar, string script) => new()
    {
        Name = Ctp,
        Stage = ToolStageKind.Tags,
        Command = "java",
        Arguments =
        [
            // @encrypt of scripts needs the first on Java 9 and later; temporary files stay in the private folder.
            "--add-exports", "java.base/com.sun.crypto.provider=ALL-UNNAMED", "-Djava.io.tmpdir={work}/tmp", "-XX:+UseSerialGC",
            "-jar", jar, "--anon-script", script, "--sr-anon-tool", "false", "--daemonize",
        ],
        VersionArguments = ["-jar", jar, "--version"],
        Protocol = ToolProtocol.LineDaemon,
        // An error names both paths and may go on in a second line.
        Lines = new LineProtocol { Ready = "READY", Request = "{source} {target}", Success = "OK", Failure = @"\[{source}:{target}\] " },
        InsistsOnReadOnlyInput = true,
        BreaksOnBlanks = true,
        Limits = new ToolLimits { File = TimeSpan.FromMinutes(2) },
    };

    /// <summary>A script for burned-in text. The database of what it read stays in the private folder, which is emptied whatever happens.</summary>
    public static ToolDefinition DicomPixelAnon(OriginalToolPaths paths, string path)
    {
        var isFolder = !path.EndsWith(".sh", StringComparison.Ordinal) && !path.EndsWith(".py", StringComparison.Ordinal);
        var folder = isFolder ? path : Path.GetDirectoryName(path) ?? "/";
        var script = Path.Combine(folder, PixelAnonScript);
        var program = !isFolder ? path : File.Exists(script) || !File.Exists(Path.Combine(folder, PixelAnonProgram)) ? script : Path.Combine(folder, PixelAnonProgram);
        return new()
        {
            Name = PixelAnon,
            Stage = ToolStageKind.Pixels,
            Command = program.EndsWith(".py", StringComparison.Ordinal) ? "python3" : program,
            Arguments = program.EndsWith(".py", StringComparison.Ordinal) ? ProgramArguments(program) : ["-D", "{work}/tmp", "-r", "{work}/in", "-o", "{work}/out", "{source}"],
            Output = "{work}/out/source.dcm",
            VirtualEnvironment = paths.VirtualEnvironment,
            SearchPath = [folder],
            Environment = EnvironmentOf(paths, ("PYTHONPATH", Path.GetFullPath(Path.Combine(folder, "..", "library")))),
            BreaksOnBlanks = true,
        };
    }

    /// <summary>A script for the texts of structured reports: it reads the original and changes the anonymised file in place.</summary>
    public static ToolDefinition SrAnonTool(OriginalToolPaths paths, string path) => new()
    {
        Name = ReportAnon,
        Stage = ToolStageKind.Reports,
        Modalities = ["SR"],
        Command = path,
        Arguments = [.. paths.SemEhr is { } semEhr ? ["-s", semEhr] : Array.Empty<string>(), "-i", "{source}", "-o", "{target}"],
        Reads = ToolInput.Both,
        Environment = EnvironmentOf(paths, ("SMI_LOGS_ROOT", paths.LogsRoot ?? "{work}/tmp")),
    };

    // What dicom_pixel_anon.sh does, in the options of the program.
    private static string[] ProgramArguments(string program) =>
    [
        program, "--db", "{work}/tmp", "--review", "--pii", "ocr_allowlist", "--use-ultrasound-regions", "--rects", "--deid",
        "-o", "{work}/out", "--relative-path", "{work}/in", "--write-csv", "{work}/tmp/rectangles.csv", "{source}",
    ];

    private static Dictionary<string, string> EnvironmentOf(OriginalToolPaths paths, (string Name, string Value) more)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { [more.Name] = more.Value };
        if (paths.SmiServices is { } root)
        {
            environment["SMI_ROOT"] = root;
        }

        return environment;
    }
}
