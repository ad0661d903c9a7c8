namespace Smi.Messaging.Brokers;

/// <summary>A message came back because no queue is bound for its routing key: the topology is wrong, and trying again cannot help.</summary>
public sealed class UnroutableMessageException(string exchange, string routingKey)
    : BrokerException($"exchange {exchange} has no queue for routing key '{routingKey}': check the bindings (smi setup-broker creates them)");
