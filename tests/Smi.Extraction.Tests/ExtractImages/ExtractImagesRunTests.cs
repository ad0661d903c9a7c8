using Smi.Extraction.ExtractImages;
using Smi.Extraction.Tests.Workflow;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.Tests.ExtractImages;

public sealed class ExtractImagesRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_duplicate_is_a_warning_with_its_line_and_is_sent_and_counted_once()
    {
        await using var deployment = new Deployment();
        var run = await OpenAsync(deployment, "SOPInstanceUID\n1.2\n1.3\n1.2\nfile.dcm\n"u8.ToArray());

        var (requests, info) = await SendAsync(deployment, run);

        Assert.Equal(["1.2", "1.3", "file.dcm"], requests.SelectMany(request => request.ExtractionIdentifiers));
        Assert.Equal(3, info.KeyValueCount);
        Assert.Equal(2, run.Warnings.Count);
        Assert.Contains("line 4", run.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("line 5", run.Warnings[1], StringComparison.Ordinal);
        Assert.DoesNotContain("file.dcm", string.Concat(run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFFSeriesInstanceUID\r\n1.2\r\n1.3\r\n")]
    [InlineData("\"SeriesInstanceUID\"\n\"1.2\"\n\n 1.3 ")]
    public async Task Byte_order_mark_carriage_returns_quotes_and_blank_lines_change_nothing(string text)
    {
        var csv = System.Text.Encoding.UTF8.GetBytes(text);
        await using var deployment = new Deployment();
        var run = await OpenAsync(deployment, csv);

        var (requests, _) = await SendAsync(deployment, run);

        Assert.Equal("SeriesInstanceUID", run.KeyTag);
        Assert.Empty(run.Warnings);
        Assert.Equal(["1.2", "1.3"], requests.SelectMany(request => request.ExtractionIdentifiers));
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("SOPInstanceUID,Other\n1.2,3\n", "line 1")]
    [InlineData("1.2.3\n", "line 1")]
    [InlineData("SOPInstanceUID\n1.2\n1.3;1.4\t5\n", "")]
    public async Task A_file_of_another_form_is_an_error_before_anything_is_made(string csv, string line)
    {
        await using var deployment = new Deployment();
        if (line.Length == 0)
        {
            Assert.Single((await OpenAsync(deployment, System.Text.Encoding.UTF8.GetBytes(csv))).Warnings);
            return;
        }

        var fault = await Assert.ThrowsAsync<ExtractImagesException>(() => OpenAsync(deployment, System.Text.Encoding.UTF8.GetBytes(csv)));

        Assert.Contains(line, fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "cohort")));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error() =>
        Assert.Contains("cannot read", (await Assert.ThrowsAsync<ExtractImagesException>(async () =>
        {
            await using var deployment = new Deployment();
            _ = new ExtractImagesRun(deployment.Settings, new() { ProjectId = "p", CsvFile = Path.Combine(deployment.Sources, "none.csv") }, TimeProvider.System);
        })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_extraction_directory_that_exists_is_an_error()
    {
        await using var deployment = new Deployment();
        Directory.CreateDirectory(Path.Combine(deployment.ExtractRoot, "project-001", "extractions", "cohort"));

        var fault = await Assert.ThrowsAsync<ExtractImagesException>(() => OpenAsync(deployment, "SOPInstanceUID\n1.2\n"u8.ToArray()));

        Assert.Contains("exists already", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CT", "", MessageShape.V6)]
    [InlineData(null, "", MessageShape.June2024)]
    [InlineData("CT", "June2024", MessageShape.June2024)]
    public async Task The_modality_decides_the_shape_unless_the_settings_do(string? modality, string setting, MessageShape shape)
    {
        await using var deployment = new Deployment($"ExtractImagesOptions: {{ MessageShape: \"{setting}\" }}");

        var run = await OpenAsync(deployment, "SOPInstanceUID\n1.2\n"u8.ToArray(), new() { ProjectId = "project-001", CsvFile = "", Modality = modality });

        Assert.Equal(shape, run.Shape);
    }

    [Theory]
    [InlineData(null, false, false, "add -m")]
    [InlineData("CT", true, false, "identifiable")]
    [InlineData("CT", false, true, "filters")]
    [InlineData("CT", false, false, null)]
    public async Task A_pooled_extraction_has_the_conditions_that_it_has_in_the_original(string? modality, bool identifiable, bool noFilter, string? complaint)
    {
        await using var deployment = new Deployment();
        var request = new ExtractImagesRequest { ProjectId = "project-001", CsvFile = "", Modality = modality, IsPooled = true, IsIdentifiable = identifiable, IsNoFilter = noFilter };

        var fault = await Assert.ThrowsAsync<ExtractImagesException>(() => OpenAsync(deployment, "SOPInstanceUID\n1.2\n"u8.ToArray(), request));

        Assert.Contains(complaint ?? "needs FileSystemOptions.ExtractionPoolRoot", fault.Message, StringComparison.Ordinal);
        if (complaint is null)
        {
            var pool = deployment.Settings with { FileSystem = deployment.Settings.FileSystem with { ExtractionPoolRoot = deployment.ExtractRoot } };
            Assert.Equal(1, new ExtractImagesRun(pool, request with { CsvFile = Path.Combine(deployment.Sources, "cohort.csv") }, TimeProvider.System).Count);
        }
    }

    [Fact]
    public async Task A_key_that_the_settings_do_not_allow_is_an_error()
    {
        await using var deployment = new Deployment("ExtractImagesOptions: { AllowedExtractionKeys: [StudyInstanceUID, SeriesInstanceUID] }");

        var fault = await Assert.ThrowsAsync<ExtractImagesException>(() => OpenAsync(deployment, "SOPInstanceUID\n1.2\n"u8.ToArray()));

        Assert.Contains("SOPInstanceUID is not among", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<ExtractImagesRun> OpenAsync(Deployment deployment, byte[] csv, ExtractImagesRequest? like = null)
    {
        var path = Path.Combine(deployment.Sources, "cohort.csv");
        await File.WriteAllBytesAsync(path, csv, Cancellation);
        return new(deployment.Settings, (like ?? new() { ProjectId = "project-001", CsvFile = "" }) with { CsvFile = path }, TimeProvider.System);
    }

    private static async Task<(List<ExtractionRequestMessage> Requests, ExtractionRequestInfoMessage Info)> SendAsync(Deployment deployment, ExtractImagesRun run)
    {
        var context = await deployment.OpenAsync();
        await using var broker = context.Broker;
        await run.SendAsync(broker, Cancellation);
        var requests = await ReadAsync(broker, "RequestQueue", body => MessageReader.ReadRequest(body.Span));
        return (requests, Assert.Single(await ReadAsync(broker, "RequestInfoQueue", body => MessageReader.ReadRequestInfo(body.Span))));
    }

    private static async Task<List<T>> ReadAsync<T>(IMessageBroker broker, string queue, Func<ReadOnlyMemory<byte>, T> read)
    {
        await using var consumer = await broker.OpenConsumerAsync(new() { Queue = queue, Prefetch = 100 }, Cancellation);
        await Watching.UntilAsync(() => consumer.Deliveries.Count > 0);
        var messages = new List<T>();
        while (consumer.Deliveries.TryRead(out var delivery))
        {
            messages.Add(read(delivery.Body));
        }

        return messages;
    }
}
