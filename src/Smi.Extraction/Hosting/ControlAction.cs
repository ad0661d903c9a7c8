namespace Smi.Extraction.Hosting;

/// <summary>What a control message asks this process to do.</summary>
internal enum ControlAction
{
    /// <summary>Nothing that concerns this process.</summary>
    None,
    Stop,
    Ping,
}
