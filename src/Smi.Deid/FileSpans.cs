using System.Diagnostics;

namespace Smi.Deid;

/// <summary>
/// Spans of what is done to one file, below the span in which the caller works on it; none where the caller does not trace. They have names of ours
/// and no values.
/// </summary>
public static class FileSpans
{
    /// <summary>What to listen to.</summary>
    public const string SourceName = "Smi.Deid";

    private static readonly ActivitySource Source = new(SourceName);

    internal static Activity? Start(string name) => Activity.Current is { Recorded: true } ? Source.StartActivity(name) : null;
}
