namespace Smi.Messaging.Brokers;

/// <summary>The broker is unreachable, refuses us, or lacks something. Says what, and how to put it right.</summary>
public class BrokerException(string message, Exception? inner = null) : Exception(message, inner);
