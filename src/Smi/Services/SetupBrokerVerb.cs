using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Smi.Extraction.Hosting;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.RabbitMq;
using Smi.Verbs;

namespace Smi.Services;

internal static class SetupBrokerVerb
{
    private static readonly Option<string> Yaml = SettingsOption.Create();
    private static readonly Option<bool> Check = new("--check") { Description = "Say what is missing, and create nothing." };

    public static Command Create() =>
        Verb.Create("setup-broker", "Creates the exchanges, queues and bindings that the settings name.", "smi setup-broker -y default.yaml", [Yaml, Check], RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = SettingsOption.Load(arguments, Yaml);
        var topology = TopologyOf.Of(settings);
        try
        {
            await using var broker = await OpenAsync(settings, cancellation);
            if (broker is not IBrokerAdministration administration)
            {
                throw new InvalidOperationException("this broker cannot be set up");
            }

            return arguments.GetValue(Check) ? await CheckAsync(administration, topology, cancellation) : await CreateAsync(administration, topology, cancellation);
        }
        catch (BrokerException fault)
        {
            await Console.Error.WriteLineAsync($"smi: {fault.Message}");
            return ExitCode.Fault;
        }
    }

    private static async Task<IMessageBroker> OpenAsync(SmiSettings settings, CancellationToken cancellation) => settings.Broker.Type == BrokerType.RabbitMQ
        ? RabbitBroker.ForAdministration(settings.Broker.Rabbit, TimeProvider.System, NullLogger.Instance)
        : await Brokers.OpenAsync(settings, TimeProvider.System, NullLogger.Instance, cancellation);

    private static async Task<int> CheckAsync(IBrokerAdministration administration, BrokerTopology topology, CancellationToken cancellation)
    {
        var complaints = await administration.CheckAsync(topology, cancellation);
        Print(complaints.Count == 0 ? ["everything that the settings name is there"] : complaints);
        return complaints.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<int> CreateAsync(IBrokerAdministration administration, BrokerTopology topology, CancellationToken cancellation)
    {
        Print(await administration.CreateAsync(topology, cancellation));
        return ExitCode.Done;
    }

    private static void Print(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }
    }
}
