namespace Smi.Messaging.RabbitMq;

/// <summary>
/// What the broker has said about each published message. The publishing side adds, the library's reading side answers; hence the lock.
/// A message that comes back (basic.return) is confirmed too, afterwards: the return decides.
/// </summary>
internal sealed class ConfirmLedger
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, Entry> _open = [];
    private readonly Dictionary<Guid, Entry> _byGuid = [];
    private Exception? _closed;

    /// <summary>True: confirmed; false: refused by the broker (nack). Fails with the fault passed to <see cref="Close"/>.</summary>
    public Task<Confirmation> Expect(ulong sequenceNumber, Guid message)
    {
        lock (_gate)
        {
            if (_closed is not null)
            {
                return Task.FromException<Confirmation>(_closed);
            }

            var entry = new Entry(message);
            _open.Add(sequenceNumber, entry);
            _byGuid[message] = entry;
            return entry.Answer.Task;
        }
    }

    public void Returned(Guid message)
    {
        lock (_gate)
        {
            if (_byGuid.TryGetValue(message, out var entry))
            {
                entry.WasReturned = true;
            }
        }
    }

    public void Settle(ulong sequenceNumber, bool multiple, bool accepted)
    {
        lock (_gate)
        {
            var settled = multiple ? _open.Keys.TakeWhile(number => number <= sequenceNumber).ToList() : [sequenceNumber];
            foreach (var number in settled)
            {
                if (_open.Remove(number, out var entry))
                {
                    Finish(entry, accepted);
                }
            }
        }
    }

    /// <summary>The channel is gone: nobody will answer for what is open.</summary>
    public void Close(Exception fault)
    {
        lock (_gate)
        {
            _closed ??= fault;
            foreach (var entry in _open.Values)
            {
                entry.Answer.TrySetException(_closed);
            }

            _open.Clear();
            _byGuid.Clear();
        }
    }

    private void Finish(Entry entry, bool accepted)
    {
        if (_byGuid.TryGetValue(entry.Message, out var latest) && ReferenceEquals(latest, entry))
        {
            _byGuid.Remove(entry.Message);
        }

        entry.Answer.TrySetResult(entry.WasReturned ? Confirmation.Returned : accepted ? Confirmation.Confirmed : Confirmation.Refused);
    }

    private sealed class Entry(Guid message)
    {
        public Guid Message => message;

        public bool WasReturned { get; set; }

        public TaskCompletionSource<Confirmation> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
