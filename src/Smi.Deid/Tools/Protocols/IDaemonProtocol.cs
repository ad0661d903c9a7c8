using Smi.Deid.Tools.Processes;

namespace Smi.Deid.Tools.Protocols;

/// <summary>The language of a daemon.</summary>
internal interface IDaemonProtocol
{
    /// <summary>True for the line that says that requests are taken; whatever stands before it is passed over.</summary>
    bool IsReady(ReadOnlySpan<byte> line);

    /// <summary>A request with its line end.</summary>
    byte[] Request(ToolFolder folder);

    /// <summary>What a line says about the request that was made last.</summary>
    LineMeaning Judge(ReadOnlySpan<byte> line, ToolFolder folder);
}
