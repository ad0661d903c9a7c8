namespace Smi.Messaging.Messages;

/// <summary>The form in which a message is written. Readers of either version reject unknown members, so a service answers in the shape it was asked in.</summary>
public enum MessageShape
{
    /// <summary>SmiServices 6 (September 2025): eight common members.</summary>
    V6,

    /// <summary>SmiServices 5.x (June 2024): six common members, the modality in a member that differs between messages.</summary>
    June2024,
}
