namespace Smi.Deid.Tools;

/// <summary>For runs that keep no logs of their tools.</summary>
public sealed class SilentObserver : IToolObserver
{
    public static readonly SilentObserver Instance = new();

    public void Happened(ToolEvent happening)
    {
    }
}
