using Smi.Extraction.CohortPackager;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Services;

namespace Smi.Tests.Services;

public sealed class StatusTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_job_under_way_shows_its_share_its_speed_and_the_time_left()
    {
        var text = Of(Job(keys: 10), Progress(collections: 10, files: 1000, unanswered: 250, lastMinute: 500, lastResult: "2026-01-01T11:59:59Z"));

        Assert.Contains("75 %", text, StringComparison.Ordinal);
        Assert.Contains("750 of 1,000 files", text, StringComparison.Ordinal);
        Assert.Contains("500 in the last minute, about 30 s left", text, StringComparison.Ordinal);
        Assert.DoesNotContain("STUCK", text, StringComparison.Ordinal);
    }

    [Fact]
    public void While_identifiers_are_still_looked_up_no_time_is_promised()
    {
        var text = Of(Job(keys: 10), Progress(collections: 5, files: 100, unanswered: 50, lastMinute: 50, lastResult: "2026-01-01T11:59:59Z"));

        Assert.Contains("25 %", text, StringComparison.Ordinal);
        Assert.Contains("files so far", text, StringComparison.Ordinal);
        Assert.DoesNotContain("left", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_nothing_comes_for_is_stuck_and_the_service_to_start_is_named()
    {
        var text = Of(
            Job(keys: 10), Progress(collections: 10, files: 100, unanswered: 50, lastMinute: 0, lastResult: "2026-01-01T11:50:00Z"),
            new QueueDepth("ExtractedFileToVerifyQueue", 50, 0));

        Assert.Contains("STUCK: nothing came since 2026-01-01T11:50:00Z", text, StringComparison.Ordinal);
        Assert.Contains("start smi is-identifiable", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complete_job_says_how_long_it_took()
    {
        var text = Of(Job(keys: 1) with { CompletedAt = "2026-01-01T11:58:00Z" }, Progress(collections: 1, files: 5, unanswered: 0, lastMinute: 0, lastResult: null));

        Assert.Contains("complete since 2026-01-01T11:58:00Z: 5 files, 28 min after they were asked for", text, StringComparison.Ordinal);
    }

    private static string Of(JobRecord job, JobProgress progress, params QueueDepth[] queues)
    {
        var settings = SettingsLoader.Read(new StringReader("MessageBrokerType: Embedded"), "x.yaml");
        return string.Join('\n', new StatusText(settings, queues, Now).Of(job, progress));
    }

    private static JobRecord Job(long keys) => new()
    {
        Identifier = Guid.NewGuid(),
        Project = "project-001",
        Directory = "project-001/extractions/extractme",
        SubmittedAt = "2026-01-01T11:30:00Z",
        KeyTag = "StudyInstanceUID",
        KeyCount = keys,
    };

    private static JobProgress Progress(long collections, long files, long unanswered, long lastMinute, string? lastResult) => new()
    {
        Collections = collections,
        Files = files,
        Unanswered = unanswered,
        LastMinute = lastMinute,
        LastResultAt = lastResult,
    };
}
