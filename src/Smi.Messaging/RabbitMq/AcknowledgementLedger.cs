namespace Smi.Messaging.RabbitMq;

/// <summary>
/// Turns finished deliveries into as few acknowledgements as possible: one with `multiple` for everything up to the highest tag below
/// which nothing is unfinished, one each for the rest. `multiple` must never cover a delivery that somebody still works on.
/// </summary>
internal sealed class AcknowledgementLedger
{
    private readonly SortedSet<ulong> _unsettled = [];

    public int Count => _unsettled.Count;

    public void Delivered(ulong tag) => _unsettled.Add(tag);

    /// <summary>Settled singly, otherwise than by acknowledgement. False when it is not open.</summary>
    public bool Remove(ulong tag) => _unsettled.Remove(tag);

    public IReadOnlyList<(ulong Tag, bool Multiple)> Acknowledge(IReadOnlyCollection<ulong> finished)
    {
        var done = new SortedSet<ulong>(finished);
        done.IntersectWith(_unsettled);
        var prefix = _unsettled.TakeWhile(done.Contains).ToList();
        _unsettled.ExceptWith(done);
        var acknowledgements = new List<(ulong, bool)>();
        if (prefix.Count > 0)
        {
            acknowledgements.Add((prefix[^1], prefix.Count > 1));
            done.ExceptWith(prefix);
        }

        acknowledgements.AddRange(done.Select(tag => (tag, false)));
        return acknowledgements;
    }
}
