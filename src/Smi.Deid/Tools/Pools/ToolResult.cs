using Smi.Deid.Tools.Processes;
using Smi.Dicom;

namespace Smi.Deid.Tools.Pools;

/// <summary>What a tool made of a file. A fault of the tool is a <see cref="ToolException"/> instead.</summary>
internal abstract class ToolResult
{
    private ToolResult()
    {
    }

    /// <summary>A file that parses. It and the folder it stands in are gone when this is disposed.</summary>
    public sealed class Produced(DicomFile file, ToolFolder folder) : ToolResult, IDisposable
    {
        public DicomFile File => file;

        public string Path { get; init; } = "";

        public void Dispose()
        {
            file.Dispose();
            folder.Dispose();
        }
    }

    /// <summary>The tool says that it cannot do this file.</summary>
    public sealed class Refused(string reason) : ToolResult
    {
        public string Reason => reason;
    }
}
