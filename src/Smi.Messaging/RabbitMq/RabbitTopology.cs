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

        // What is there already may have been made with other arguments (an internal exchange, a quorum queue) and is left as it is.
        var missing = await FindMissingAsync([.. topology.Exchanges.Select(exchange => exchange.Name)], topology.Queues, cancellation);
        foreach (var exchange in topology.Exchanges)
        {
            var what = $"exchange {exchange.Name}";
            done.Add(missing.Contains(what) ? await CreateExchangeAsync(management, exchange, cancellation) : $"{what} is there");
        }

        foreach (var queue in topology.Queues)
        {
            var what = $"queue {queue}";
            done.Add(missing.Contains(what)
                ? await CreateAsync(
                    what,
                    channel => channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellation),
                    cancellation)
                : $"{what} is there");
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

    /// <summary>Internal exchanges, which clients cannot publish to, can be made by the management interface only; the dead-letter exchange works without that flag too.</summary>
    private async Task<string> CreateExchangeAsync(RabbitManagement management, ExchangeDeclaration exchange, CancellationToken cancellation) =>
        exchange.Internal && await management.CreateExchangeAsync(exchange, cancellation)
            ? $"exchange {exchange.Name} ({exchange.Type}, internal) is there"
            : await CreateAsync(
                $"exchange {exchange.Name} ({exchange.Type})",
                channel => channel.ExchangeDeclareAsync(exchange.Name, exchange.Type, durable: true, autoDelete: false, cancellationToken: cancellation),
                cancellation);

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
