using Smi.Messaging.RabbitMq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Smi.Extraction.Settings;

/// <summary>
/// Reads SmiServices' YAML. Sections of services that are not ours are left alone; in ours every key is ours or the original's, and a
/// section whose name is nearly one of ours is a mistake.
/// </summary>
public static class SettingsLoader
{
    private static readonly string[] OurSections =
    [
        "MessageBrokerType", "EmbeddedBroker", "RabbitOptions", "LoggingOptions", "FileSystemOptions", "ExtractImagesOptions",
        "CohortExtractorOptions", "DicomAnonymiserOptions", "DeidOptions", "PixelOptions", "TextOptions", "FileCopierOptions", "IsIdentifiableServiceOptions",
        "IsIdentifiableOptions", "CohortPackagerOptions", "HealthOptions", "TracingOptions", "Tools",
    ];

    /// <exception cref="SettingsException">The file cannot be read, is no YAML, or says something that nobody understands.</exception>
    public static SmiSettings Load(string path)
    {
        try
        {
            using var text = new StreamReader(path);
            return Read(text, path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"cannot read the settings {path}: {fault.Message}", fault);
        }
    }

    /// <summary>Reads settings from a text; the path is for messages and for relative paths.</summary>
    public static SmiSettings Read(TextReader text, string path)
    {
        var reading = new SettingsReading(path);
        var root = Parse(text, reading);
        var sections = OurSections.ToDictionary(name => name, name => FindSection(reading, root, name), StringComparer.Ordinal);
        RefuseNearMisses(reading, root);
        var files = new SettingsPaths(path);
        var settings = new SmiSettings
        {
            Path = path,
            Broker = ReadBroker(reading, root, sections["RabbitOptions"], sections["EmbeddedBroker"], files),
            Logging = ReadLogging(sections["LoggingOptions"], files),
            FileSystem = ReadFileSystem(sections["FileSystemOptions"], files),
            ExtractImages = ReadExtractImages(sections["ExtractImagesOptions"]),
            CohortExtractor = CohortExtractorReader.Read(sections["CohortExtractorOptions"], files),
            DicomAnonymiser = ReadAnonymiser(sections["DicomAnonymiserOptions"], files),
            Deid = ReadDeid(sections["DeidOptions"], files),
            Pixels = PixelSettingsReader.Read(sections["PixelOptions"], files),
            Tools = ToolsReader.Read(sections["DicomAnonymiserOptions"], sections["Tools"], files, sections["LoggingOptions"].OptionalText("LogsRoot")),
            Texts = ReadTexts(sections["TextOptions"], files),
            FileCopier = ReadFileCopier(sections["FileCopierOptions"]),
            IsIdentifiable = ReadIsIdentifiable(sections["IsIdentifiableServiceOptions"], sections["IsIdentifiableOptions"], files),
            CohortPackager = ReadCohortPackager(sections["CohortPackagerOptions"], files),
            Health = ReadHealth(sections["HealthOptions"]),
            Tracing = ReadTracing(sections["TracingOptions"]),
            Notes = reading.Notes,
            Keys = reading.Keys,
        };
        foreach (var section in sections.Values)
        {
            section.Close();
        }

        return settings;
    }

    private static YamlMappingNode Parse(TextReader text, SettingsReading reading)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(text);
        }
        catch (YamlException fault)
        {
            throw new SettingsException($"{reading.Fault(null, "not YAML").Message} (line {fault.Start.Line}): {fault.Message}", fault);
        }

        return stream.Documents.Count == 0
            ? []
            : stream.Documents[0].RootNode as YamlMappingNode ?? throw reading.Fault(stream.Documents[0].RootNode, "the settings must be a mapping of sections");
    }

    private static YamlSection FindSection(SettingsReading reading, YamlMappingNode root, string name) =>
        new(reading, name, root.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node as YamlMappingNode : null);

    private static void RefuseNearMisses(SettingsReading reading, YamlMappingNode root)
    {
        foreach (var key in root.Children.Keys.OfType<YamlScalarNode>())
        {
            var name = key.Value ?? "";
            if (!OurSections.Contains(name) && OurSections.FirstOrDefault(ours => Spelling.IsNear(ours, name)) is { } meant)
            {
                throw reading.Fault(key, $"there is no section {name}; did you mean {meant}?");
            }
        }

        foreach (var name in OurSections.Where(name => name != "MessageBrokerType"))
        {
            if (root.Children.TryGetValue(new YamlScalarNode(name), out var node)
                && node is not YamlMappingNode and not YamlScalarNode { Value: null or "" })
            {
                throw reading.Fault(node, $"{name} must be a section");
            }
        }
    }

    private static BrokerSettings ReadBroker(
        SettingsReading reading, YamlMappingNode root, YamlSection rabbit, YamlSection embedded, SettingsPaths files)
    {
        var top = new YamlSection(reading, "the settings", root);
        return new()
        {
            Type = top.Choice("MessageBrokerType", BrokerType.RabbitMQ),
            EmbeddedPath = files.Resolve(embedded.Text("Path", "smi-broker.db")),
            ControlExchange = rabbit.Text("RabbitMqControlExchangeName", "ControlExchange"),
            FatalLoggingExchange = rabbit.Text("FatalLoggingExchange", "FatalLoggingExchange"),
            Rabbit = ReadRabbit(rabbit, files),
        };
    }

    private static RabbitOptions ReadRabbit(YamlSection section, SettingsPaths files)
    {
        var tls = section.Section("Tls");
        var options = new RabbitOptions
        {
            HostName = section.Text("RabbitMqHostName", "localhost"),
            Port = section.Number("RabbitMqHostPort", 5672, 1, 65535),
            VirtualHost = section.Text("RabbitMqVirtualHost", "/"),
            UserName = section.Text("RabbitMqUserName", "guest"),
            Password = section.Text("RabbitMqPassword", "guest"),
            PasswordFile = files.ResolveOptional(section.OptionalText("RabbitMqPasswordFile")),
            ManagementPort = section.Number("RabbitMqManagementPort", 15672, 0, 65535),
            Heartbeat = section.Seconds("HeartbeatInSeconds", 30),
            WatchdogInterval = section.Seconds("WatchdogIntervalInSeconds", 30),
            Tls = !tls.IsThere ? null : new()
            {
                ServerName = tls.OptionalText("ServerName"),
                AuthorityFile = files.ResolveOptional(tls.OptionalText("AuthorityFile")),
                CertificateFile = files.ResolveOptional(tls.OptionalText("CertificateFile")),
                KeyFile = files.ResolveOptional(tls.OptionalText("KeyFile")),
            },
        };
        tls.Close();
        return options;
    }

    private static LoggingSettings ReadLogging(YamlSection section, SettingsPaths files)
    {
        section.Unused("LogConfigFile");
        return new() { LogsRoot = files.ResolveOptional(section.OptionalText("LogsRoot")), TraceLogging = section.Flag("TraceLogging", false) };
    }

    private static FileSystemSettings ReadFileSystem(YamlSection section, SettingsPaths files) => new()
    {
        FileSystemRoot = files.ResolveOptional(section.OptionalText("FileSystemRoot")) ?? "",
        ExtractRoot = files.ResolveOptional(section.OptionalText("ExtractRoot")) ?? "",
        ExtractionPoolRoot = files.ResolveOptional(section.OptionalText("ExtractionPoolRoot")),
        DicomSearchPattern = section.Text("DicomSearchPattern", "*.dcm"),
        AllowedSourceRoots = [.. section.Texts("AllowedSourceRoots").Select(files.Resolve)],
    };

    private static ExtractImagesSettings ReadExtractImages(YamlSection section) => new()
    {
        MaxIdentifiersPerMessage = section.Number("MaxIdentifiersPerMessage", 1000, 1),
        MessageShape = section.OptionalText("MessageShape") is null ? null : section.Choice("MessageShape", Messaging.Messages.MessageShape.V6),
        AllowedExtractionKeys = section.Texts("AllowedExtractionKeys"),
        Requests = OptionReading.Exchange(section.Section("ExtractionRequestProducerOptions"), "RequestExchange"),
        RequestInfos = OptionReading.Exchange(section.Section("ExtractionRequestInfoProducerOptions"), "RequestInfoExchange"),
    };

    private static DicomAnonymiserSettings ReadAnonymiser(YamlSection section, SettingsPaths files)
    {
        return new()
        {
            AnonymiserType = section.OptionalText("AnonymiserType"),
            CtpAllowlistScript = files.ResolveOptional(section.OptionalText("CtpAllowlistScript")),
            Queue = OptionReading.Queue(section.Section("AnonFileConsumerOptions"), "ExtractFileAnonQueue"),
            Statuses = OptionReading.Exchange(section.Section("ExtractFileStatusProducerOptions"), "ExtractedFileStatusExchange"),
            RoutingKeySuccess = section.Text("RoutingKeySuccess", "verify"),
            RoutingKeyFailure = section.Text("RoutingKeyFailure", "noverify"),
            FailIfSourceWriteable = section.Flag("FailIfSourceWriteable", true),
            BatchSize = section.Number("BatchSize", 256, 1),
            BatchTimeout = section.Seconds("BatchTimeout", 0.5),
            MaxAttempts = section.Number("MaxAttempts", 5, 1),
            ShutdownTimeout = section.Seconds("ShutdownTimeout", 10),
            Parallelism = section.Number("Parallelism", 0, 0, 1024) is > 0 and var count ? count : Environment.ProcessorCount,
            StateFolder = files.Resolve(section.Text("StateFolder", "smi-state")),
            OutputMode = OptionReading.Mode(section, "OutputMode"),
            OutputGroup = section.OptionalText("OutputGroup"),
        };
    }

    private static DeidSettings ReadDeid(YamlSection section, SettingsPaths files) => new()
    {
        KeyFile = files.ResolveOptional(section.OptionalText("KeyFile")),
        Tags = section.OptionalText("Tags") is var tags && tags == "basic" ? tags : files.ResolveOptional(tags),
        Retain = section.Texts("Retain"),
        Clean = section.Texts("Clean"),
        CtpStrict = section.Flag("CtpStrict", false),
        Lookup = files.ResolveOptional(section.OptionalText("Lookup")),
        SafePrivateTable = files.ResolveOptional(section.OptionalText("SafePrivateTable")),
        IssuerSeparatesPatients = section.Flag("IssuerSeparatesPatients", false),
        PatientIds = OptionReading.PatientIds(section.Section("PatientIds"), files),
    };

    private static TextSettings ReadTexts(YamlSection section, SettingsPaths files) => new()
    {
        Replacement = section.Choice("Replacement", Deid.Text.TextReplacement.Placeholders),
        MonthFirst = section.Flag("MonthFirst", false),
        UncleanableDocument = section.Choice("UncleanableDocument", Deid.Reports.UncleanableDocument.Stub),
        RuleFiles = [.. section.Texts("RuleFiles").Select(files.Resolve)],
        DictionaryFolder = files.ResolveOptional(section.OptionalText("DictionaryFolder")),
    };

    private static FileCopierSettings ReadFileCopier(YamlSection section) => new()
    {
        Queue = OptionReading.QueueIn(section, "ExtractFileIdentQueue"),
        Statuses = OptionReading.Exchange(section.Section("CopyStatusProducerOptions"), "ExtractedFileStatusExchange"),
        RoutingKey = section.Text("NoVerifyRoutingKey", "noverify"),
        OutputMode = OptionReading.Mode(section, "OutputMode"),
        OutputGroup = section.OptionalText("OutputGroup"),
    };

    private static IsIdentifiableSettings ReadIsIdentifiable(YamlSection service, YamlSection options, SettingsPaths files)
    {
        service.Unused("ClassifierType", "DataDirectory");
        options.Unused(
            "AllowlistConnectionString", "AllowlistDatabaseType", "AllowlistTableName", "AllowlistColumn", "AllowlistCsv", "ColumnReport",
            "ValuesReport", "StoreReport", "DestinationCsvFolder", "DestinationCsvSeparator", "DestinationNoWhitespace",
            "DestinationConnectionString", "DestinationDatabaseType", "MaxCacheSize", "MaxValidationCacheSize");
        return new()
        {
            Queue = OptionReading.QueueIn(service, "ExtractedFileToVerifyQueue"),
            Verifications = OptionReading.Exchange(service.Section("IsIdentifiableProducerOptions"), "ExtractedFileVerifiedExchange"),
            RulesFile = files.ResolveOptional(options.OptionalText("RulesFile")),
            RulesDirectory = files.ResolveOptional(options.OptionalText("RulesDirectory")),
            SkipColumns = options.Texts("SkipColumns"),
            IgnorePostcodes = options.Flag("IgnorePostcodes", false),
            IgnoreDatesInText = options.Flag("IgnoreDatesInText", false),
        };
    }

    private static CohortPackagerSettings ReadCohortPackager(YamlSection section, SettingsPaths files)
    {
        section.Unused(
            "ReporterType", "NotifierType", "ReportFormat", "VerificationMessageQueueProcessBatches", "VerificationMessageQueueFlushTimeSeconds");
        return new()
        {
            RequestInfos = OptionReading.Queue(section.Section("ExtractRequestInfoOptions"), "RequestInfoQueue"),
            CollectionInfos = OptionReading.Queue(section.Section("FileCollectionInfoOptions"), "FileCollectionInfoQueue"),
            NoVerifyStatuses = OptionReading.Queue(section.Section("NoVerifyStatusOptions"), "ExtractedFileNoVerifyQueue"),
            Verifications = OptionReading.Queue(section.Section("VerificationStatusOptions"), "ExtractedFileVerifiedQueue"),
            JobWatcherInterval = section.Seconds("JobWatcherTimeoutInSeconds", 30),
            ReportNewLine = section.Text("ReportNewLine", "\n").Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal),
            JobStore = new() { Database = OptionReading.Database(section.Section("JobStore"), files) ?? OptionReading.SqliteFile(files.Resolve("smi-jobs.db")) },
        };
    }

    private static HealthSettings ReadHealth(YamlSection section) => new()
    {
        Enabled = section.Flag("Enabled", true),
        Address = section.Text("Address", "127.0.0.1"),
        Port = section.Number("Port", 0, 0, 65535),
    };

    private static TracingSettings ReadTracing(YamlSection section) => new()
    {
        Endpoint = section.OptionalText("Endpoint") switch
        {
            null => null,
            var text when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" => address,
            _ => throw section.Fault("Endpoint", "must be an address such as http://collector.example:4318"),
        },
        Protocol = section.Choice("Protocol", TraceProtocol.HttpProtobuf),
        OneFileIn = section.Number("OneFileIn", 1, 1),
    };
}
