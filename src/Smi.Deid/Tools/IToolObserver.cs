namespace Smi.Deid.Tools;

/// <summary>Whoever keeps logs and metrics. Called by many threads.</summary>
public interface IToolObserver
{
    void Happened(ToolEvent happening);
}
