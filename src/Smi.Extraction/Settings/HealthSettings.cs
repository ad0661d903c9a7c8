namespace Smi.Extraction.Settings;

/// <summary>HealthOptions: the address of the health and metrics pages.</summary>
public sealed record HealthSettings
{
    /// <summary>False: no pages.</summary>
    public bool Enabled { get; init; } = true;

    public string Address { get; init; } = "127.0.0.1";

    /// <summary>0: any free port, named in the start log.</summary>
    public int Port { get; init; }
}
