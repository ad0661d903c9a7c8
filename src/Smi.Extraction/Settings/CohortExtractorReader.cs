namespace Smi.Extraction.Settings;

/// <summary>Reads CohortExtractorOptions.</summary>
internal static class CohortExtractorReader
{
    private static readonly string[] FiltersOfTheOriginal = ["RejectColumnInfos", "Rejectors", "ModalitySpecificRejectors", "Blocklists", "Blacklists"];

    public static CohortExtractorSettings Read(YamlSection section, SettingsPaths files)
    {
        section.Unused("AuditorType", "AllCatalogues", "OnlyCatalogues", "ModalityRoutingRegex");
        var rejector = LastPart(section.OptionalText("RejectorType"));
        return new()
        {
            Queue = OptionReading.QueueIn(section, "RequestQueue"),
            Files = OptionReading.Exchange(section.Section("ExtractFilesProducerOptions"), "ExtractFileExchange"),
            FileInfos = OptionReading.Exchange(section.Section("ExtractFilesInfoProducerOptions"), "FileCollectionInfoExchange"),
            AnonRoutingKey = section.Text("ExtractAnonRoutingKey", "anon"),
            IdentRoutingKey = section.Text("ExtractIdentRoutingKey", "ident"),
            FulfillerType = LastPart(section.OptionalText("RequestFulfillerType")) ?? "IndexFulfiller",
            PathResolverType = LastPart(section.OptionalText("ProjectPathResolverType")) ?? "StudySeriesOriginalFilenameProjectPathResolver",
            IndexFile = files.Resolve(section.Text("IndexFile", "smi-index.db")),
            Sql = ReadSql(section.Section("Sql"), files),
            RejectColumns = section.Texts("RejectColumns"),
            BlockLists = [.. section.Sections("BlockLists").Select(list => ReadBlockList(list, files))],
            RejectAll = rejector == "RejectAll",
            DynamicRulesFile = rejector == "DynamicRejector" ? files.Resolve(section.Text("DynamicRulesFile", "DynamicRules.txt")) : Without(section),
            Obstacles = [.. Obstacles(section, rejector)],
        };
    }

    private static string? Without(YamlSection section)
    {
        section.Unused("DynamicRulesFile");
        return null;
    }

    // A filter that is silently left out extracts the people it was there to protect.
    private static IEnumerable<string> Obstacles(YamlSection section, string? rejector)
    {
        foreach (var key in FiltersOfTheOriginal.Where(section.Has))
        {
            yield return $"{section.Path}.{key} needs RDMP catalogues and would not be carried out; use BlockLists, RejectColumns or RejectorType: DynamicRejector";
        }

        if (rejector is not (null or "RejectAll" or "RejectNone" or "DynamicRejector"))
        {
            yield return $"{section.Path}.RejectorType {rejector} is not known here; there are DynamicRejector, RejectAll and RejectNone";
        }
    }

    private static SqlFulfillerSettings? ReadSql(YamlSection section, SettingsPaths files)
    {
        if (!section.IsThere)
        {
            return null;
        }

        var tables = section.Section("Tables");
        var settings = new SqlFulfillerSettings
        {
            Database = OptionReading.DatabaseIn(section, files),
            Tables = tables.AllTexts(),
            PathColumn = section.Text("PathColumn", "RelativeFileArchiveURI"),
            StudyColumn = section.Text("StudyColumn", "StudyInstanceUID"),
            SeriesColumn = section.Text("SeriesColumn", "SeriesInstanceUID"),
            InstanceColumn = section.Text("InstanceColumn", "SOPInstanceUID"),
            ModalityColumn = section.OptionalText("ModalityColumn"),
        };
        tables.Close();
        section.Close();
        return settings.Tables.Count > 0 ? settings : throw section.Fault("Tables", "must name a table per modality, such as CT: CT_ImageTable");
    }

    private static BlockListSettings ReadBlockList(YamlSection section, SettingsPaths files)
    {
        var list = new BlockListSettings
        {
            Database = OptionReading.DatabaseIn(section, files),
            Table = section.OptionalText("Table") ?? throw section.Fault("Table", "is missing"),
            Column = section.OptionalText("Column") ?? throw section.Fault("Column", "is missing"),
        };
        section.Close();
        return list;
    }

    private static string? LastPart(string? name) => name?.Split('.')[^1];
}
