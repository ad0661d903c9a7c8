namespace Smi.Messaging.RabbitMq;

/// <summary>What a broker answers to one published message.</summary>
internal enum Confirmation
{
    Confirmed,

    /// <summary>The broker could not take it (basic.nack); trying again may help.</summary>
    Refused,

    /// <summary>No queue is bound for it (basic.return); trying again cannot help.</summary>
    Returned,
}
