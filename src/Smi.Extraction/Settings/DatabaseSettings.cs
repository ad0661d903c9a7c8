namespace Smi.Extraction.Settings;

/// <summary>A database and how to log in. A class without a printing ToString: connection strings hold passwords.</summary>
public sealed class DatabaseSettings
{
    public required DatabaseType Type { get; init; }

    public required string ConnectionString { get; init; }
}
