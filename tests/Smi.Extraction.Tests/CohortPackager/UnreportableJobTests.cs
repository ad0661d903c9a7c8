using Smi.Extraction.CohortPackager;
using Smi.Extraction.Tests.Workflow;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Extraction.Tests.CohortPackager;

public sealed class UnreportableJobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_whose_reports_have_no_place_keeps_no_other_job_from_its_reports()
    {
        await using var deployment = new Deployment();
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;
        await using var requests = await broker.OpenPublisherAsync(new() { Exchange = "RequestInfoExchange" }, Cancellation);
        await using var collections = await broker.OpenPublisherAsync(new() { Exchange = "FileCollectionInfoExchange" }, Cancellation);
        foreach (var job in (Messaging.Messages.Extraction[])[deployment.Job() with { ProjectNumber = "../outside", JobSubmittedAt = DateTimeOffset.UnixEpoch }, deployment.Job()])
        {
            var info = new ExtractionRequestInfoMessage { Extraction = job, KeyTag = "SOPInstanceUID", KeyValueCount = 1, UserName = "alice" };
            var collection = new ExtractFileCollectionInfoMessage { Extraction = job, KeyValue = "1.2", Dispatched = [], RejectionReasons = new Dictionary<string, int>() };
            await requests.PublishAsync([OutgoingMessage.Root(info, "Test", TimeProvider.System)], Cancellation);
            await collections.PublishAsync([OutgoingMessage.Root(collection, "Test", TimeProvider.System)], Cancellation);
        }

        var readme = Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "reports", "extractme", "README.md");
        await WorkflowTests.RunUntilAsync(context, [new CohortPackagerService(context)], () => File.Exists(readme));

        var jobs = await CohortPackagerService.ListAsync(deployment.Settings, TimeProvider.System, Cancellation);
        Assert.Equal([false, true], jobs.Select(pair => pair.Job.CompletedAt is not null));
    }
}
