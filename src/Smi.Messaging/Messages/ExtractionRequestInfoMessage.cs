namespace Smi.Messaging.Messages;

/// <summary>extract-images tells the cohort packager how many identifiers the whole job asked for, and who asked.</summary>
public sealed class ExtractionRequestInfoMessage : ExtractionMessage
{
    public required string KeyTag { get; init; }

    public required int KeyValueCount { get; init; }

    public required string UserName { get; init; }
}
