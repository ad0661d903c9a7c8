using Smi.Extraction.Pipeline;
using Smi.Extraction.Tracing;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Extraction.CohortPackager;

/// <summary>A message with the header that says which file it belongs to.</summary>
internal sealed class StoredFact(MessageHeader header, ExtractionMessage message)
{
    public MessageHeader Header => header;

    public ExtractionMessage Message => message;
}

/// <summary>Puts the messages of one queue into the job store, a batch in one transaction, and then says that there is news.</summary>
internal sealed class StoreHandler(JobStore store, Func<ReadOnlyMemory<byte>, ExtractionMessage> read, Action tell) : IBatchHandler<StoredFact>
{
    public string? FindObstacle() => null;

    public Task<WorkResult<StoredFact>> WorkAsync(ReceivedMessage received, int attempt, CancellationToken cancellation)
    {
        var message = read(received.Body);
        received.Note(message.Extraction);
        return Task.FromResult<WorkResult<StoredFact>>(new WorkResult<StoredFact>.Done(new(received.Header, message)));
    }

    public async Task FinishAsync(IReadOnlyList<StoredFact> batch, CancellationToken cancellation)
    {
        using (Spans.OfPart("store"))
        {
            await store.PutAsync([.. batch.Select(fact => (fact.Header, fact.Message))], cancellation);
        }

        tell();
    }

    // Never given up: a job without this message would never be complete.
    public StoredFact? GiveUp(ReceivedMessage received, Exception fault) => null;
}
