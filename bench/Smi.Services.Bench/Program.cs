using Smi.Services.Bench;

// Started by eng/bench-services.sh, which says what is measured.
return args switch
{
    ["throughput", var smi, var work, var port, var size, var files, var rounds] =>
        await new ThroughputTable(new(smi, work, Number(port), Number(size), Number(files), Number(rounds))).RunAsync(CancellationToken.None),
    ["echo", var yaml] => await Echo.RunAsync(yaml, CancellationToken.None),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("throughput SMI WORKFOLDER AMQP-PORT ROWS FILES ROUNDS | echo YAML");
    return 1;
}
