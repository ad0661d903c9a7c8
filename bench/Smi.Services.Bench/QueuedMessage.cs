namespace Smi.Services.Bench;

/// <summary>A delivery that waits for its batch.</summary>
internal sealed record QueuedMessage(ulong Tag, Dictionary<string, object?>? Headers, ReadOnlyMemory<byte> Body);
