using Smi.Messaging.Brokers;

namespace Smi.Extraction.CohortExtractor;

/// <summary>Everything that one request is answered with.</summary>
internal sealed class RequestAnswer
{
    public required IReadOnlyList<OutgoingMessage> Files { get; init; }

    public required IReadOnlyList<OutgoingMessage> Infos { get; init; }
}
