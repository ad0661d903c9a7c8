namespace Smi.Extraction.Settings;

/// <summary>Where the packager keeps its jobs: SQLite, MariaDB or PostgreSQL.</summary>
public sealed class JobStoreSettings
{
    public required DatabaseSettings Database { get; init; }
}
