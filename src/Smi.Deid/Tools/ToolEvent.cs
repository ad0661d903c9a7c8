namespace Smi.Deid.Tools;

/// <summary>Something that happened with a tool.</summary>
/// <param name="Detail">Numbers and our own words only.</param>
/// <param name="Elapsed">How long the file took; zero for what is not about a file.</param>
public sealed record ToolEvent(string Tool, ToolEventKind Kind, string Detail, TimeSpan Elapsed);
