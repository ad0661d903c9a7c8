using Smi.Deid.Tools.Pools;

namespace Smi.Deid.Tools.TakeOver;

/// <summary>Takes out of a tool's file what the tool is for.</summary>
internal interface ITakeOver
{
    /// <summary>False for a file that has nothing for tools of this kind.</summary>
    bool Concerns(DeidContext context);

    Refusal? From(ToolResult.Produced produced, ToolDefinition tool, DeidContext context, CancellationToken cancellation);
}
