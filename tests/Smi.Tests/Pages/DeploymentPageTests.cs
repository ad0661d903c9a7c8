using Microsoft.Extensions.Logging.Abstractions;
using Smi.Deid.Samples;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.RabbitMq;
using Smi.Messaging.Tests;
using Smi.Messaging.Wire;
using YamlDotNet.RepresentationModel;

namespace Smi.Tests.Pages;

/// <summary>docs/smiservices.md followed word for word in a deployment of SmiServices' form, with a real RabbitMQ.</summary>
public sealed class DeploymentPageTests(RabbitServer rabbit)
{
    // Settings of the original's form, for where the originals themselves are not at hand.
    private const string OfOurOwn = """
        RabbitOptions: { RabbitMqHostName: localhost, RabbitMqHostPort: 5672, RabbitMqVirtualHost: /, RabbitMqUserName: guest, RabbitMqPassword: guest, FatalLoggingExchange: TEST.FatalLoggingExchange, RabbitMqControlExchangeName: TEST.ControlExchange }
        LoggingOptions: { LogConfigFile: "", LogsRoot: "", TraceLogging: true }
        FileSystemOptions: { FileSystemRoot: 'C:\temp', ExtractRoot: 'C:\temp' }
        CohortExtractorOptions: { QueueName: TEST.RequestQueue, RequestFulfillerType: FromCataloguesExtractionRequestFulfiller, ExtractFilesProducerOptions: { ExchangeName: TEST.ExtractFileExchange } }
        DicomAnonymiserOptions:
          AnonymiserType: DefaultAnonymiser
          AnonFileConsumerOptions: { QueueName: TEST.ExtractFileAnonQueue, QoSPrefetchCount: 1, AutoAck: false }
          ExtractFileStatusProducerOptions: { ExchangeName: TEST.ExtractedFileStatusExchange, MaxConfirmAttempts: 1 }
          RoutingKeySuccess: verify
          RoutingKeyFailure: noverify
        IsIdentifiableServiceOptions: { QueueName: TEST.ExtractedFileToVerifyQueue }
        CohortPackagerOptions: { NoVerifyStatusOptions: { QueueName: TEST.ExtractedFileNoVerifyQueue } }
        IdentifierMapperOptions: { QueueName: TEST.IdentifiableImageQueue }
        """;

    private const string Script = """
        <script>
        <e en="T" t="00080016" n="SOPClassUID">@keep()</e>
        <e en="T" t="00080018" n="SOPInstanceUID">@keep()</e>
        <e en="T" t="00080060" n="Modality">@keep()</e>
        <r en="T" t="unspecifiedelements">Remove unspecified elements</r>
        </script>
        """;

    public static TheoryData<string> Settings => [.. SharedFiles.In("reference").Where(path => Path.GetFileName(path).StartsWith("default-", StringComparison.Ordinal)).Prepend("")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task An_anonymiser_exchanged_as_the_page_says_answers_the_messages_of_the_deployment(string original)
    {
        using var shell = new PageShell();
        var options = await rabbit.NewVirtualHostAsync();
        var (etc, var) = (Path.Combine(shell.Folder, "etc"), Path.Combine(shell.Folder, "var"));
        Directory.CreateDirectory(etc);
        Directory.CreateDirectory(var);
        var settings = await WriteSettingsAsync(original, shell.Folder, etc, var, options);
        await using (var administration = RabbitBroker.ForAdministration(options, TimeProvider.System, NullLogger.Instance))
        {
            await administration.CreateAsync(TopologyOf.Of(settings), Cancellation);
        }

        var page = PageCommands.Read(Page, ("/etc/smi", etc), ("/var/lib/smi", var));
        var running = shell.RunAsync(page.Script(last: $"until [ -e {etc}/end ]; do sleep 0.1; done"));
        var (status, log) = await AskAsync(settings, options, shell.Folder, var, running);
        await File.WriteAllTextAsync(Path.Combine(etc, "end"), "", Cancellation);

        var difference = page.FindDifference(await running, shell.Folder);
        Assert.True(difference is null, difference);
        Assert.True(status.Status == ExtractedFileStatus.Anonymised, $"{status.Status}: {status.StatusMessage}\n{log}");
        Assert.True(File.Exists(Path.Combine(shell.Folder, "extracts", status.Extraction.Directory, status.OutputFilePath ?? "")));
    }

    private static string Page => Path.Combine(SharedFiles.RepositoryRoot, "docs", "smiservices.md");

    /// <summary>Step 2 of the page, with this deployment's own folders and broker.</summary>
    private static async Task<SmiSettings> WriteSettingsAsync(string original, string folder, string etc, string var, RabbitOptions options)
    {
        var yaml = Parse(original.Length == 0 ? OfOurOwn : await File.ReadAllTextAsync(original, Cancellation));
        Merge(yaml, Parse(Snippet().Replace("/etc/smi", etc, StringComparison.Ordinal).Replace("/var/lib/smi", var, StringComparison.Ordinal)));
        Merge(yaml, Parse($$"""
            RabbitOptions: { RabbitMqHostName: 127.0.0.1, RabbitMqHostPort: {{options.Port}}, RabbitMqVirtualHost: {{options.VirtualHost}} }
            FileSystemOptions: { FileSystemRoot: "{{folder}}/originals", ExtractRoot: "{{folder}}/extracts" }
            """));
        var path = Path.Combine(etc, "smi.yaml");
        await using (var writer = new StreamWriter(path))
        {
            new YamlStream(new YamlDocument(yaml)).Save(writer, assignAnchors: false);
        }

        await File.WriteAllTextAsync(Path.Combine(etc, "ctp-allowlist.script"), Script, Cancellation);
        return SettingsLoader.Load(path);
    }

    /// <summary>The first YAML block of the page.</summary>
    private static string Snippet() => string.Join('\n', File.ReadLines(Page)
        .SkipWhile(line => line.Trim() != "```yaml").Skip(1).TakeWhile(line => line.Trim() != "```").Select(line => line[3..]));

    private static async Task<(ExtractedFileStatusMessage Status, string Log)> AskAsync(SmiSettings settings, RabbitOptions options, string folder, string var, Task running)
    {
        var sample = SampleHospital.Make(seed: 1)[0];
        var source = Path.Combine(folder, "originals", "a b.dcm");
        Directory.CreateDirectory(Path.Combine(folder, "originals"));
        Directory.CreateDirectory(Path.Combine(folder, "extracts", "project-001", "extractions", "extractme"));
        await using (var target = File.Create(source))
        {
            sample.Write(target);
        }

        File.SetUnixFileMode(source, UnixFileMode.UserRead);
        await using var broker = await RabbitBroker.OpenAsync(options, TimeProvider.System, NullLogger.Instance, Cancellation);
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = settings.CohortExtractor.Files.ExchangeName }, Cancellation);
        await publisher.PublishAsync([Ask(settings)], Cancellation);
        await using var good = await broker.OpenConsumerAsync(new() { Queue = settings.IsIdentifiable.Queue.QueueName, Prefetch = 1 }, Cancellation);
        await using var bad = await broker.OpenConsumerAsync(new() { Queue = settings.CohortPackager.NoVerifyStatuses.QueueName, Prefetch = 1 }, Cancellation);
        Delivery? answer = null;
        for (var attempt = 0; attempt < 1200 && !running.IsCompleted && !good.Deliveries.TryRead(out answer) && !bad.Deliveries.TryRead(out answer); attempt++)
        {
            await Task.Delay(50, Cancellation);
        }

        var log = Path.Combine(var, "dicom-anonymiser.log");
        var said = File.Exists(log) ? await File.ReadAllTextAsync(log, Cancellation) : "no log";
        Assert.True(answer is not null, $"no status came\n{said}");
        return (MessageReader.ReadStatus(answer.Body.Span), said);
    }

    private static OutgoingMessage Ask(SmiSettings settings) => new()
    {
        Header = MessageHeader.Root("CohortExtractor", TimeProvider.System),
        RoutingKey = settings.CohortExtractor.AnonRoutingKey,
        Body = MessageWriter.Write(new ExtractFileMessage
        {
            Extraction = new()
            {
                JobIdentifier = Guid.NewGuid(),
                ProjectNumber = "project-001",
                Directory = "project-001/extractions/extractme",
                Modality = "CT",
                JobSubmittedAt = DateTimeOffset.UnixEpoch.AddYears(50),
                Shape = MessageShape.V6,
            },
            DicomFilePath = "a b.dcm",
            OutputPath = "1/2/a b-an.dcm",
        }),
    };

    private static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static void Merge(YamlMappingNode target, YamlMappingNode changes)
    {
        foreach (var (key, value) in changes.Children)
        {
            if (value is YamlMappingNode inner && target.Children.TryGetValue(key, out var existing) && existing is YamlMappingNode mapping)
            {
                Merge(mapping, inner);
            }
            else
            {
                target.Children[key] = value;
            }
        }
    }
}
