namespace Smi.Messaging.Brokers;

/// <summary>How a delivery ends.</summary>
public enum Settlement
{
    /// <summary>Done; the broker forgets it.</summary>
    Acknowledge,

    /// <summary>Unreadable for ever; the broker dead-letters it.</summary>
    Reject,

    /// <summary>Given back; the broker delivers it again, perhaps to another process.</summary>
    Return,
}
