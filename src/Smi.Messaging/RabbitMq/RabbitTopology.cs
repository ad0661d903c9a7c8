using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Smi.Messaging.Brokers;

namespace Smi.Messaging.RabbitMq;

/// <summary>Looks at exchanges and queues over AMQP, and at bindings and policies over the management interface where there is one.</summary>
internal sealed class RabbitTopology(RabbitOptions options, RabbitConnector connector)
{
    public async Task<IReadOnlyList<string>> CheckAsync(BrokerTopology topology, CancellationToken cancellation)
    {
        var exchanges = topology.Exchanges.Select(exchange => exchange.Name).ToList();
        var complaints = (await FindMissingAsync(exchanges, topology.Queues, cancellation)).Select(name => $"{name} is missing").ToList();
        using var management = new RabbitManagement(options);
        if (await management.ReadBindingsAsync(cancellation) is { } bindings)
        {
            complaints.AddRange(topology.Bindings.Where(binding => !bindings.Contains(binding))
                .Select(binding => $"exchange {binding.Exchange} is not bound to queue {binding.Queue} by '{binding.RoutingKey}'"));
        }

        return complaints;
    }

    /// <summary>`exchange X` and `queue Y` for whatever is not there. A failed passive declaration costs its channel.</summary>
    public async Task<IReadOnlyList<string>> FindMissingAsync(
        IReadOnlyList<string> exchanges, IReadOnlyList<string> queues, CancellationToken cancellation)
    {
        var missing = new List<string>();
        foreach (var exchange in exchanges.Distinct())
        {
            if (await AskAsync(channel => channel.ExchangeDeclarePassiveAsync(exchange, cancellation), cancellation) is not null)
            {
                missing.Add($"exchange {exchange}");
            }
        }

        foreach (var queue in queues.Distinct())
        {
            if (await AskAsync(channel => channel.QueueDeclarePassiveAsync(queue, cancellation), cancellation) is not null)
            {
                missing.Add($"queue {queue}");
            }
        }

        return missing;
    }

    public async Task<IReadOnlyList<QueueDepth>> CountAsync(IReadOnlyList<string> queues, CancellationToken cancellation)
    {
        var depths = new List<QueueDepth>();
        foreach (var queue in queues)
        {
            await AskAsync(
                async channel =>
                {
                    var declared = await channel.QueueDeclarePassiveAsync(queue, cancellation);
                    depths.Add(new(queue, declared.MessageCount, declared.ConsumerCount));
                },
                cancellation);
        }

        return depths;
    }

    public async Task<IReadOnlyList<string>> CreateAsync(BrokerTopology topology, CancellationToken cancellation)
    {
        using var management = new RabbitManagement(options);
        var done = new List<string>();
        if (await management.CreateVirtualHostAsync(cancellation))
        {
            done.Add($"virtual host {options.VirtualHost} is there");
        }

        foreach (var exchange in topology.Exchanges)
        {
            done.Add(await CreateAsync(
                $"exchange {exchange.Name} ({exchange.Type})",
                channel => DeclareExchangeAsync(channel, exchange, cancellation),
                cancellation));
        }

        foreach (var queue in topology.Queues)
        {
            done.Add(await CreateAsync(
                $"queue {queue}",
                channel => channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellation),
                cancellation));
        }

        foreach (var binding in topology.Bindings)
        {
            done.Add(await CreateAsync(
                $"binding {binding.Exchange} -> {binding.Queue} by '{binding.RoutingKey}'",
                channel => channel.QueueBindAsync(binding.Queue, binding.Exchange, binding.RoutingKey, cancellationToken: cancellation),
                cancellation));
        }

        done.Add(await SetPolicyAsync(management, topology, cancellation));
        return done;
    }

    // The client's declaration has no flag for internal exchanges, which clients cannot publish to; the dead-letter exchange works without it.
    private static Task DeclareExchangeAsync(IChannel channel, ExchangeDeclaration exchange, CancellationToken cancellation) =>
        channel.ExchangeDeclareAsync(exchange.Name, exchange.Type, durable: true, autoDelete: false, cancellationToken: cancellation);

    private async Task<string> CreateAsync(string what, Func<IChannel, Task> declare, CancellationToken cancellation) =>
        await AskAsync(declare, cancellation) is { } refusal
            ? throw new BrokerException($"the broker refuses {what}: {refusal}")
            : $"{what} is there";

    private async Task<string> SetPolicyAsync(RabbitManagement management, BrokerTopology topology, CancellationToken cancellation)
    {
        if (await management.SetDeadLetterPolicyAsync(topology.DeadLetterExchange, cancellation))
        {
            return $"policy {RabbitManagement.PolicyName} dead-letters to {topology.DeadLetterExchange}";
        }

        return "the management interface was not reached, so the dead-letter policy is left to you: "
            + $"rabbitmqctl set_policy -p '{options.VirtualHost}' --apply-to queues {RabbitManagement.PolicyName} '' "
            + $"'{{\"dead-letter-exchange\":\"{topology.DeadLetterExchange}\"}}'";
    }

    /// <summary>The broker's refusal, or null when it agreed.</summary>
    private async Task<string?> AskAsync(Func<IChannel, Task> question, CancellationToken cancellation)
    {
        var connection = await connector.ConnectAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            await question(channel);
            return null;
        }
        catch (OperationInterruptedException refusal) when (connection.IsOpen)
        {
            return refusal.ShutdownReason?.ReplyText ?? refusal.Message;
        }
    }
}
