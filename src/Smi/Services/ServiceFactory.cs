using Smi.Anonymise;
using Smi.Deid;
using Smi.Deid.Pseudonyms;
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
    public static IExtractionService Anonymiser(ServiceContext context)
    {
        var settings = context.Settings;
        var policy = PolicyOf(settings);
        var key = MasterKey.Load(settings.Deid.KeyFile ?? "");
        var version = typeof(ServiceFactory).Assembly.GetName().Version?.ToString(3) ?? "";
        return new DicomAnonymiserService(context, DeidentifierFactory.Create(policy, key), new(version, policy.Fingerprint, key.Fingerprint));
    }

    public static IReadOnlyList<IExtractionService> All(ServiceContext context) =>
    [
        new CohortExtractorService(context), Anonymiser(context), new FileCopierService(context), new IsIdentifiableService(context),
        new CohortPackagerService(context),
    ];

    /// <summary>Stops the start of an anonymiser that could not keep what its settings promise.</summary>
    public static void CheckAnonymiser(SmiSettings settings)
    {
        Refuse(DicomAnonymiserService.FindObstacle(settings));
        PolicyOptions.TellWarnings(PolicyOf(settings));
        MasterKey.Load(settings.Deid.KeyFile ?? "");
    }

    public static void CheckExtractor(SmiSettings settings) => Refuse(CohortExtractorService.FindObstacle(settings));

    private static DeidPolicy PolicyOf(SmiSettings settings) => PolicyOptions.Parse(PolicyChoice.Of(settings));

    private static void Refuse(string? obstacle)
    {
        if (obstacle is not null)
        {
            throw new UsageException(obstacle);
        }
    }
}
