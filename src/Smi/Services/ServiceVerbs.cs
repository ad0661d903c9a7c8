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
        Service("cohort-extractor", "Finds the files of requested identifiers.", CohortExtractorService.ServiceName, Extractor),
        Service("dicom-anonymiser", "De-identifies the files that the cohort extractor asks for.", DicomAnonymiserService.ServiceName, Anonymiser),
        Service("file-copier", "Copies files of identifiable extractions.", FileCopierService.ServiceName, _ => context => [new FileCopierService(context)]),
        Service("is-identifiable", "Verifies anonymised files by rules and by what their originals tell.", IsIdentifiableService.ServiceName, _ => context => [new IsIdentifiableService(context)]),
        CohortPackagerVerb.Create(),
        Service("run", "Runs all services in one process.", "Smi", Everything),
        StatusVerb.Create(),
        SetupBrokerVerb.Create(),
    ];

    private static Func<ServiceContext, IReadOnlyList<IExtractionService>> Extractor(SmiSettings settings)
    {
        ServiceFactory.CheckExtractor(settings);
        return context => [new CohortExtractorService(context)];
    }

    private static Func<ServiceContext, IReadOnlyList<IExtractionService>> Anonymiser(SmiSettings settings)
    {
        var policy = ServiceFactory.CheckAnonymiser(settings);
        return context => [ServiceFactory.Anonymiser(context, policy)];
    }

    private static Func<ServiceContext, IReadOnlyList<IExtractionService>> Everything(SmiSettings settings)
    {
        ServiceFactory.CheckExtractor(settings);
        var policy = ServiceFactory.CheckAnonymiser(settings);
        return context => ServiceFactory.All(context, policy);
    }

    private static Command Service(
        string verb, string description, string name, Func<SmiSettings, Func<ServiceContext, IReadOnlyList<IExtractionService>>> prepare)
    {
        var yaml = SettingsOption.Create();
        return Verb.Create(verb, description + " Runs until SIGTERM, SIGINT or a control message.", $"smi {verb} -y default.yaml", [yaml], async (arguments, cancellation) =>
        {
            var settings = SettingsOption.Load(arguments, yaml);
            return await ServiceRun.RunAsync(settings, name, prepare(settings), cancellation);
        });
    }
}
