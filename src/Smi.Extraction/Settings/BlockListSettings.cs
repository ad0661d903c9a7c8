namespace Smi.Extraction.Settings;

/// <summary>A table of values, such as patients who opted out: a file is rejected when its own value of the column stands there.</summary>
public sealed record BlockListSettings
{
    public required DatabaseSettings Database { get; init; }

    public required string Table { get; init; }

    /// <summary>The column of the table, and of the metadata.</summary>
    public required string Column { get; init; }
}
