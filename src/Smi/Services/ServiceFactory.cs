using Smi.Anonymise;
using Smi.Deid;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Tools;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.CohortPackager;
using Smi.Extraction.DicomAnonymiser;
using Smi.Extraction.FileCopier;
using Smi.Extraction.Hosting;
using Smi.Extraction.IsIdentifiable;
using Smi.Extraction.Settings;
using Smi.Verbs;

namespace Smi.Services;

/// <summary>Puts services together, after their settings were found to be ones that can be carried out.</summary>
internal static class ServiceFactory
{
    public static string Version { get; } = typeof(ServiceFactory).Assembly.GetName().Version?.ToString(3) ?? "";

    public static IExtractionService Anonymiser(ServiceContext context, DeidPolicy policy)
    {
        var key = MasterKey.Load(context.Settings.Deid.KeyFile ?? "");
        var tools = ToolsOf(context.Settings, new ToolLog(context));
        return new DicomAnonymiserService(context, DeidentifierFactory.Create(policy, key, tools: tools), new(Version, policy.Fingerprint, key.Fingerprint), tools);
    }

    public static IReadOnlyList<IExtractionService> All(ServiceContext context, DeidPolicy policy) =>
    [
        new CohortExtractorService(context), Anonymiser(context, policy), new FileCopierService(context), new IsIdentifiableService(context),
        new CohortPackagerService(context),
    ];

    /// <summary>Stops the start of an anonymiser that could not keep what its settings promise, and answers with its policy.</summary>
    public static DeidPolicy CheckAnonymiser(SmiSettings settings)
    {
        Refuse(DicomAnonymiserService.FindObstacle(settings));
        var policy = PolicyOf(settings);
        PolicyOptions.TellWarnings(policy, PolicyChoice.Of(settings));
        Refuse(settings.Tools.Definitions.Select(tool => ToolDefinitionCheck.Fault(tool, settings.Tools.WorkFolder)).FirstOrDefault(fault => fault is not null));
        MasterKey.Load(settings.Deid.KeyFile ?? "");
        return policy;
    }

    public static void CheckExtractor(SmiSettings settings) => Refuse(CohortExtractorService.FindObstacle(settings));

    /// <summary>Null when no external tool is configured.</summary>
    /// <exception cref="UsageException">A tool is described in a way that cannot work.</exception>
    public static ToolSet? ToolsOf(SmiSettings settings, IToolObserver observer)
    {
        Refuse(settings.Tools.Obstacle);
        try
        {
            return settings.Tools.Definitions.Count == 0 ? null : new ToolSet(settings.Tools.Definitions, settings.Tools.WorkFolder, observer);
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    private static DeidPolicy PolicyOf(SmiSettings settings)
    {
        var policy = PolicyOptions.Parse(PolicyChoice.Of(settings));
        return policy with { RuleTexts = [.. policy.RuleTexts, .. settings.Tools.Definitions.Select(tool => tool.Description)] };
    }

    private static void Refuse(string? obstacle)
    {
        if (obstacle is not null)
        {
            throw new UsageException(obstacle);
        }
    }
}
