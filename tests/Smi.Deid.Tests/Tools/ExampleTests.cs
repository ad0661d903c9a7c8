using Smi.Deid.Tools;
using Smi.Deid.Tools.Pools;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Tools;

/// <summary>The examples of docs/tools.md, run as they are documented.</summary>
[Collection(ToolProcesses.Name)]
public sealed class ExampleTests : IDisposable
{
    private const string Java = "/usr/bin/java";
    private readonly ToolWorkplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public void The_Python_example_blanks_the_top_of_an_image_and_refuses_what_it_cannot_do()
    {
        using var pool = workplace.Pool(Example("json_lines.py", Liar.Python) with { Stage = ToolStageKind.Pixels });
        File.WriteAllBytes(workplace.Source, Image().ToArray());
        using var produced = Assert.IsType<ToolResult.Produced>(workplace.Run(pool));
        var pixels = Assert.IsType<ValueElement>(produced.File.DataSet.Find(DicomTags.PixelData)).Value.ToMemory().ToArray();
        Assert.Equal([.. new byte[32], .. Enumerable.Repeat((byte)7, 288)], pixels);

        File.WriteAllBytes(workplace.Source, TestFiles.Patient().ToArray());
        Assert.IsType<ToolResult.Refused>(workplace.Run(pool));
        Assert.Equal(1, workplace.Starts);
    }

    [Fact]
    public void The_Java_example_copies_files()
    {
        Assert.SkipUnless(File.Exists(Java), "there is no Java (apt-get install openjdk-17-jre-headless)");
        using var pool = workplace.Pool(Example("JsonLines.java", Java));
        for (var file = 0; file < 3; file++)
        {
            using var produced = Assert.IsType<ToolResult.Produced>(workplace.Run(pool));
            Assert.Equal(File.ReadAllBytes(workplace.Source), File.ReadAllBytes(produced.Path));
        }

        Assert.Equal(1, workplace.Starts);
    }

    private static ToolDefinition Example(string file, string command) => new()
    {
        Name = "example",
        Stage = ToolStageKind.Tags,
        Command = command,
        Arguments = [Path.Combine(SharedFiles.RepositoryRoot, "docs", "tool-examples", file)],
        Protocol = ToolProtocol.JsonLines,
    };

    // 20 rows of 16 bytes, each of value 7.
    private static DicomBytes Image() => TestFiles.Patient()
        .UInt16(0x00280002, 1).Text(0x00280004, "CS", "MONOCHROME2").UInt16(0x00280010, 20).UInt16(0x00280011, 16)
        .UInt16(0x00280100, 8).UInt16(0x00280101, 8).UInt16(0x00280102, 7).UInt16(0x00280103, 0)
        .Explicit(0x7FE00010, "OB", [.. Enumerable.Repeat((byte)7, 320)]);
}
