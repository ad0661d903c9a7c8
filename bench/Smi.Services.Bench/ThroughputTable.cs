using System.Globalization;

namespace Smi.Services.Bench;

/// <summary>
/// The same files by the folder command, by the service over RabbitMQ and over the embedded broker, and a bare echo of the same messages:
/// all ways in turn, round after round, so that each round met the same machine.
/// </summary>
internal sealed class ThroughputTable(BenchOptions options)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var bench = new Bench(options);
        await bench.PrepareAsync(cancellation);
        List<(string Way, Func<Task<Measurement>> Measure)> ways =
        [
            ("folder command, flushed", () => bench.FolderAsync(cancellation)),
            ("echo, RabbitMQ", () => bench.EchoAsync(cancellation)),
            ("service, RabbitMQ", () => bench.RabbitAsync(processes: 1, cancellation)),
            ("two services, RabbitMQ", () => bench.RabbitAsync(processes: 2, cancellation)),
            ("service, embedded", () => bench.EmbeddedAsync(cancellation)),
        ];
        var rounds = new List<IReadOnlyDictionary<string, Measurement>>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            var measured = new Dictionary<string, Measurement>();
            foreach (var (way, measure) in ways)
            {
                measured[way] = await measure();
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {way}: {measured[way].Rate:F0}/s, {measured[way].Milliseconds:F2} ms"));
            }

            rounds.Add(measured);
        }

        Print([.. ways.Select(way => way.Way)], rounds);
        return 0;
    }

    private void Print(IReadOnlyList<string> ways, List<IReadOnlyDictionary<string, Measurement>> rounds)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Files} CTs of {options.Size} × {options.Size}, {options.Rounds} rounds, {Environment.ProcessorCount} cores"));
        Console.WriteLine("| way | files/s: all rounds | median | CPU ms/file | share of the lower of folder and echo |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var way in ways)
        {
            var rates = rounds.Select(round => round[way].Rate).ToList();
            var shares = rounds.Select(round => round[way].Rate / Math.Min(round[ways[0]].Rate, round[ways[1]].Rate)).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {way} | {string.Join(", ", rates.Select(rate => rate.ToString("F0", CultureInfo.InvariantCulture)))} | {Median(rates):F0} | {Median([.. rounds.Select(round => round[way].Milliseconds)]):F2} | {Median(shares):P0} |"));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
