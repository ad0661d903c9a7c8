using Smi.Extraction.Settings;

namespace Smi.Extraction.Tests.Settings;

public sealed class SettingsLoaderTests
{
    // The keys of the original's default settings, 2024 and v6 together, for the services that are ours and some that are not.
    private const string Original = """
        RabbitOptions:
          RabbitMqHostName: "localhost"
          RabbitMqHostPort: 5672
          RabbitMqVirtualHost: "/"
          RabbitMqUserName: "guest"
          RabbitMqPassword: "guest"
          RabbitMqControlExchangeName: "TEST.ControlExchange"
          FatalLoggingExchange: "TEST.FatalLoggingExchange"
        LoggingOptions: { LogConfigFile: "nlog.config", LogsRoot: "", TraceLogging: true }
        FileSystemOptions:
          FileSystemRoot: 'C:\temp'
          ExtractRoot: 'C:\temp'
          DicomSearchPattern: "*.dcm"
        MongoDatabases:
          ExtractionStoreOptions: { HostName: "localhost", Whatever: 1 }
        RDMPOptions:
          YamlDir:
        CohortExtractorOptions:
          QueueName: "TEST.RequestQueue"
          QoSPrefetchCount: 10000
          AutoAck: false
          AllCatalogues: true
          OnlyCatalogues: [1, 2, 3]
          AuditorType: "Microservices.CohortExtractor.Audit.NullAuditExtractions"
          RequestFulfillerType: "Microservices.CohortExtractor.Execution.RequestFulfillers.FromCataloguesExtractionRequestFulfiller"
          ProjectPathResolverType: "Microservices.CohortExtractor.Execution.ProjectPathResolvers.DefaultProjectPathResolver"
          ExtractAnonRoutingKey: anon
          ExtractIdentRoutingKey: ident
          ExtractFilesProducerOptions: { ExchangeName: "TEST.ExtractFileExchange", MaxConfirmAttempts: 1 }
          ExtractFilesInfoProducerOptions: { ExchangeName: "TEST.FileCollectionInfoExchange", MaxConfirmAttempts: 1 }
        CohortPackagerOptions:
          JobWatcherTimeoutInSeconds: 30
          ReporterType: "LoggingReporter"
          NotifierType: "LoggingNotifier"
          ReportFormat: "Combined"
          ReportNewLine: ""
          ExtractRequestInfoOptions: { QueueName: "TEST.RequestInfoQueue", QoSPrefetchCount: 1, AutoAck: false }
          FileCollectionInfoOptions: { QueueName: "TEST.FileCollectionInfoQueue", QoSPrefetchCount: 1, AutoAck: false }
          NoVerifyStatusOptions: { QueueName: "TEST.ExtractedFileNoVerifyQueue", QoSPrefetchCount: 1, AutoAck: false }
          VerificationStatusOptions: { QueueName: "TEST.ExtractedFileVerifiedQueue", QoSPrefetchCount: 1, AutoAck: false }
        DicomAnonymiserOptions:
          AnonymiserType:
          AnonFileConsumerOptions: { QueueName: "TEST.ExtractFileAnonQueue", QoSPrefetchCount: 1, AutoAck: false }
          ExtractFileStatusProducerOptions: { ExchangeName: "TEST.ExtractedFileStatusExchange", MaxConfirmAttempts: 1 }
          RoutingKeySuccess: verify
          RoutingKeyFailure: noverify
          FailIfSourceWriteable: false
          VirtualEnvPath: "path/to/venv"
          CtpAllowlistScript: "path/to/ctp-whitelist.script"
        IsIdentifiableServiceOptions:
          QueueName: "TEST.ExtractedFileToVerifyQueue"
          QoSPrefetchCount: 1
          AutoAck: false
          IsIdentifiableProducerOptions: { ExchangeName: "TEST.ExtractedFileVerifiedExchange", MaxConfirmAttempts: 1 }
          ClassifierType: "Any"
          DataDirectory: ""
        IsIdentifiableOptions:
          AllowlistConnectionString:
          IgnorePostcodes: false
          RulesFile:
        """;

    [Fact]
    public void Settings_of_the_original_load_unchanged_and_their_unused_keys_are_noted()
    {
        var settings = Read(Original);

        Assert.Equal(BrokerType.RabbitMQ, settings.Broker.Type);
        Assert.Equal("TEST.ControlExchange", settings.Broker.ControlExchange);
        Assert.Equal(10000, settings.CohortExtractor.Queue.Prefetch);
        Assert.Equal("FromCataloguesExtractionRequestFulfiller", settings.CohortExtractor.FulfillerType);
        Assert.Equal("DefaultProjectPathResolver", settings.CohortExtractor.PathResolverType);
        Assert.False(settings.DicomAnonymiser.FailIfSourceWriteable);
        Assert.True(settings.Logging.TraceLogging);
        Assert.Contains(settings.Notes, note => note.Contains("LogConfigFile", StringComparison.Ordinal) && note.Contains("line 9", StringComparison.Ordinal));
        Assert.DoesNotContain(settings.Notes, note => note.Contains("AllowlistConnectionString", StringComparison.Ordinal));
    }

    [Fact]
    public void The_reference_settings_load_where_they_are_at_hand()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "reference");
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "default-*.yaml") : [])
        {
            Assert.Equal("TEST.ExtractFileAnonQueue", SettingsLoader.Load(file).DicomAnonymiser.Queue.QueueName);
        }
    }

    [Fact]
    public void Our_default_settings_load_without_a_note()
    {
        var settings = SettingsLoader.Load(Path.Combine(Repository.Root, "config", "default.yaml"));

        Assert.Empty(settings.Notes);
        Assert.Equal(BrokerType.Embedded, settings.Broker.Type);
        Assert.Equal(Path.Combine(Repository.Root, "config", "smi-broker.db"), settings.Broker.EmbeddedPath);
        Assert.Equal(Path.Combine(Repository.Root, "config", "smi.key"), settings.Deid.KeyFile);
        Assert.True(settings.DicomAnonymiser.FailIfSourceWriteable);
    }

    [Fact]
    public void Our_default_settings_say_what_the_program_does_without_them()
    {
        var written = SettingsLoader.Load(Path.Combine(Repository.Root, "config", "default.yaml"));
        var empty = Read("MessageBrokerType: Embedded");

        Assert.Equal(written.DicomAnonymiser.BatchSize, empty.DicomAnonymiser.BatchSize);
        Assert.Equal(written.DicomAnonymiser.BatchTimeout, empty.DicomAnonymiser.BatchTimeout);
        Assert.Equal(written.DicomAnonymiser.FailIfSourceWriteable, empty.DicomAnonymiser.FailIfSourceWriteable);
        Assert.Equal(written.CohortExtractor.PathResolverType, empty.CohortExtractor.PathResolverType);
        Assert.Equal(written.Health, empty.Health);
    }

    [Theory]
    [InlineData("DicomAnonymiserOptions:\n  BatchSizes: 3", "line 2", "did you mean BatchSize?")]
    [InlineData("RabbitOptions:\n  RabbitMqHostName: a\n  Pasword: x", "line 3", "has no key Pasword")]
    [InlineData("CohortPackagerOptions:\n  NoVerifyStatusOptions:\n    Queue: x", "line 3", "NoVerifyStatusOptions has no key Queue")]
    [InlineData("DicomAnonymizerOptions:\n  X: 3", "line 1", "did you mean DicomAnonymiserOptions?")]
    [InlineData("DeidOption:\n  X: 3", "line 1", "did you mean DeidOptions?")]
    [InlineData("DicomAnonymiserOptions:\n  FailIfSourceWriteable: perhaps", "line 2", "true or false")]
    [InlineData("DicomAnonymiserOptions:\n  BatchSize: many", "line 2", "whole number")]
    [InlineData("DicomAnonymiserOptions:\n  OutputMode: 0777", "line 2", "read and write")]
    [InlineData("MessageBrokerType: Carrier", "line 1", "RabbitMQ, Embedded")]
    [InlineData("RabbitOptions: 5", "line 1", "must be a section")]
    [InlineData("- a\n- b", "line 1", "mapping")]
    [InlineData("a: b: c", "line 1", "not YAML")]
    public void A_mistake_is_named_with_its_line(string yaml, string line, string what)
    {
        var fault = Assert.Throws<SettingsException>(() => Read(yaml));

        Assert.Contains(line, fault.Message, StringComparison.Ordinal);
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_of_the_original_that_cannot_be_carried_out_is_an_obstacle_and_not_forgotten()
    {
        var settings = Read("CohortExtractorOptions:\n  RejectColumnInfos: [105, 110]\n  RejectorType: A.B.SomeRejector");

        Assert.Equal(2, settings.CohortExtractor.Obstacles.Count);
        Assert.Contains(settings.CohortExtractor.Obstacles, obstacle => obstacle.Contains("BlockLists", StringComparison.Ordinal));
    }

    [Fact]
    public void A_connection_string_may_stand_in_a_file_of_its_own()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "Server=db;Password=x\n");

        var settings = Read($"CohortPackagerOptions:\n  JobStore:\n    DatabaseType: MariaDB\n    ConnectionStringFile: {file}");

        Assert.Equal("Server=db;Password=x", settings.CohortPackager.JobStore.Database.ConnectionString);
        File.Delete(file);
    }

    [Fact]
    public void The_topology_of_the_original_names_is_the_one_of_its_broker_definitions()
    {
        var topology = TopologyOf.Of(Read("MessageBrokerType: RabbitMQ"));

        Assert.Equal(
            [
                "ControlExchange", "DLExchange", "ExtractFileExchange", "ExtractedFileStatusExchange", "ExtractedFileVerifiedExchange",
                "FatalLoggingExchange", "FileCollectionInfoExchange", "RequestExchange", "RequestInfoExchange",
            ],
            topology.Exchanges.Select(exchange => exchange.Name).Order(StringComparer.Ordinal));
        Assert.Equal(10, topology.Queues.Count);
        Assert.Contains(new("ExtractedFileStatusExchange", "verify", "ExtractedFileToVerifyQueue"), topology.Bindings);
        Assert.Equal(10, topology.Bindings.Count);
    }

    private static SmiSettings Read(string yaml) => SettingsLoader.Read(new StringReader(yaml), "test.yaml");
}
