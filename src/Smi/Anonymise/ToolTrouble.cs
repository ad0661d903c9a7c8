using Smi.Deid.Tools;

namespace Smi.Anonymise;

/// <summary>Says on the error stream when a tool fails or is started anew; files themselves are in the report.</summary>
internal sealed class ToolTrouble(TextWriter errors) : IToolObserver
{
    private readonly Lock gate = new();

    public void Happened(ToolEvent happening)
    {
        if (happening.Kind is ToolEventKind.TimedOut or ToolEventKind.Failed or ToolEventKind.Restarted)
        {
            lock (gate)
            {
                errors.WriteLine($"smi: {happening.Tool}: {happening.Kind} {happening.Detail}");
            }
        }
    }
}
