using Smi.Messaging.Brokers;

namespace Smi.Extraction.Settings;

/// <summary>The exchanges, queues and bindings that the settings name.</summary>
public static class TopologyOf
{
    public static BrokerTopology Of(SmiSettings settings)
    {
        var bindings = Bindings(settings).Distinct().ToList();
        var prefix = Prefix(settings.Broker.FatalLoggingExchange);
        var deadLetters = new BindingDeclaration($"{prefix}DLExchange", "#", $"{prefix}DLQueue");
        var fatal = new BindingDeclaration(settings.Broker.FatalLoggingExchange, "", $"{prefix}FatalLoggingQueue");
        return new()
        {
            Exchanges =
            [
                .. bindings.Select(binding => binding.Exchange).Append(fatal.Exchange).Distinct().Select(name => new ExchangeDeclaration(name, "direct")),
                new(settings.Broker.ControlExchange, "topic"),
                new(deadLetters.Exchange, "topic", Internal: true),
            ],
            Queues = [.. bindings.Select(binding => binding.Queue).Append(fatal.Queue).Append(deadLetters.Queue).Distinct()],
            Bindings = [.. bindings, fatal, deadLetters],
            DeadLetterExchange = deadLetters.Exchange,
        };
    }

    private static IEnumerable<BindingDeclaration> Bindings(SmiSettings settings)
    {
        var (extractor, anonymiser, copier, packager) = (settings.CohortExtractor, settings.DicomAnonymiser, settings.FileCopier, settings.CohortPackager);
        yield return new(settings.ExtractImages.Requests.ExchangeName, "", extractor.Queue.QueueName);
        yield return new(settings.ExtractImages.RequestInfos.ExchangeName, "", packager.RequestInfos.QueueName);
        yield return new(extractor.Files.ExchangeName, extractor.AnonRoutingKey, anonymiser.Queue.QueueName);
        yield return new(extractor.Files.ExchangeName, extractor.IdentRoutingKey, copier.Queue.QueueName);
        yield return new(extractor.FileInfos.ExchangeName, "", packager.CollectionInfos.QueueName);
        yield return new(anonymiser.Statuses.ExchangeName, anonymiser.RoutingKeySuccess, settings.IsIdentifiable.Queue.QueueName);
        yield return new(anonymiser.Statuses.ExchangeName, anonymiser.RoutingKeyFailure, packager.NoVerifyStatuses.QueueName);
        yield return new(copier.Statuses.ExchangeName, copier.RoutingKey, packager.NoVerifyStatuses.QueueName);
        yield return new(settings.IsIdentifiable.Verifications.ExchangeName, "", packager.Verifications.QueueName);
    }

    // Deployments put a common prefix such as TEST. before every name; the two that the settings do not name follow it.
    private static string Prefix(string exchange) =>
        exchange.EndsWith("FatalLoggingExchange", StringComparison.Ordinal) ? exchange[..^"FatalLoggingExchange".Length] : "";
}
