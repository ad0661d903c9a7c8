using System.CommandLine;
using Smi.Extraction.CohortExtractor;
using Smi.Extraction.DicomAnonymiser;
using Smi.Extraction.FileCopier;
using Smi.Extraction.Hosting;
using Smi.Extraction.IsIdentifiable;
using Smi.Extraction.Settings;
using Smi.Verbs;

namespace Smi.Services;

/// <summary>The verbs that run services; extract-images, index, status and setup-broker have files of their own.</summary>
internal static class ServiceVerbs
{
    public static IReadOnlyList<Command> All =>
    [
        ExtractImagesVerb.Create(),
        IndexVerb.Create(),
        Service("cohort-extractor", "Finds the files of requested identifiers.", CohortExtractorService.ServiceName, ServiceFactory.CheckExtractor, context => [new CohortExtractorService(context)]),
        Service("dicom-anonymiser", "De-identifies the files that the cohort extractor asks for.", DicomAnonymiserService.ServiceName, ServiceFactory.CheckAnonymiser, context => [ServiceFactory.Anonymiser(context)]),
        Service("file-copier", "Copies files of identifiable extractions.", FileCopierService.ServiceName, _ => { }, context => [new FileCopierService(context)]),
        Service("is-identifiable", "Verifies anonymised files by rules and by what their originals tell.", IsIdentifiableService.ServiceName, _ => { }, context => [new IsIdentifiableService(context)]),
        CohortPackagerVerb.Create(),
        Service("run", "Runs all services in one process.", "Smi", CheckAll, ServiceFactory.All),
        StatusVerb.Create(),
        SetupBrokerVerb.Create(),
    ];

    private static void CheckAll(SmiSettings settings)
    {
        ServiceFactory.CheckExtractor(settings);
        ServiceFactory.CheckAnonymiser(settings);
    }

    private static Command Service(
        string verb, string description, string name, Action<SmiSettings> check, Func<ServiceContext, IReadOnlyList<IExtractionService>> services)
    {
        var yaml = SettingsOption.Create();
        return Verb.Create(verb, description + " Runs until SIGTERM, SIGINT or a control message.", $"smi {verb} -y default.yaml", [yaml], async (arguments, cancellation) =>
        {
            var settings = SettingsOption.Load(arguments, yaml);
            check(settings);
            return await ServiceRun.RunAsync(settings, name, services, cancellation);
        });
    }
}
