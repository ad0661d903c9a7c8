using Smi.Messaging.Brokers;

namespace Smi.Messaging.Messages;

/// <summary>One file that the cohort extractor has asked for: the header of the message sent and the output path it named.</summary>
public sealed class DispatchedFile
{
    public required MessageHeader Header { get; init; }

    public required string OutputPath { get; init; }
}
