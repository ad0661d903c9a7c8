using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Smi.Messaging.Brokers;
using Smi.Messaging.RabbitMq;

namespace Smi.Messaging.Tests;

[Collection("one broker process")]
public sealed class RabbitBrokerTests(RabbitServer server) : BrokerContract
{
    private RabbitOptions _options = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected override async Task<IMessageBroker> OpenAsync()
    {
        _options = await server.NewVirtualHostAsync();
        await using (var administration = RabbitBroker.ForAdministration(_options, TimeProvider.System, NullLogger.Instance))
        {
            await administration.CreateAsync(TestTopology.Small, Cancellation);
        }

        return await RabbitBroker.OpenAsync(_options, TimeProvider.System, NullLogger.Instance, Cancellation);
    }

    private protected override async Task<long> DeadLettersAsync()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var depth = await ((IBrokerAdministration)Broker).CountAsync(["DLQueue"], Cancellation);
            if (depth[0].Messages > 0)
            {
                return depth[0].Messages;
            }

            await Task.Delay(100, Cancellation);
        }

        return 0;
    }

    [Fact]
    public async Task The_envelope_is_exactly_what_SmiServices_sends()
    {
        await PublishAsync("{}");
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);

        var message = await channel.BasicGetAsync("First", autoAck: true, Cancellation);

        Assert.NotNull(message);
        Assert.Equal("application/json", message.BasicProperties.ContentType);
        Assert.Equal("UTF-8", message.BasicProperties.ContentEncoding);
        Assert.Equal(DeliveryModes.Persistent, message.BasicProperties.DeliveryMode);
        Assert.InRange(message.BasicProperties.Timestamp.UnixTime, 1_700_000_000, 9_999_999_999);
        var headers = message.BasicProperties.Headers ?? new Dictionary<string, object?>();
        Assert.Equal(
            ["MessageGuid", "OriginalPublishTimestamp", "Parents", "ProducerExecutableName", "ProducerProcessID"],
            headers.Keys.Order(StringComparer.Ordinal));
        Assert.IsType<int>(headers["ProducerProcessID"]);
        Assert.IsType<long>(headers["OriginalPublishTimestamp"]);
    }

    [Fact]
    public async Task Thousands_of_messages_are_confirmed_and_acknowledged_in_batches()
    {
        await using var publisher = await PublisherAsync();
        await using var consumer = await ConsumerAsync(prefetch: 500);
        await publisher.PublishAsync([.. Enumerable.Range(0, 5000).Select(number => TestTopology.Message($"{number}"))], Cancellation);

        for (var taken = 0; taken < 5000; taken += 250)
        {
            await consumer.SettleAsync(await consumer.NextAsync(250), Settlement.Acknowledge, Cancellation);
        }

        Assert.True(await consumer.IsSilentAsync());
        Assert.Equal(0, (await ((IBrokerAdministration)Broker).CountAsync(["First"], Cancellation))[0].Messages);
    }

    [Fact]
    public async Task A_consumer_and_a_publisher_outlive_the_loss_of_the_connection()
    {
        await PublishAsync("before");
        await using var publisher = await PublisherAsync(attempts: 50);
        await using var consumer = await ConsumerAsync();
        var lost = await consumer.NextAsync();

        await CloseAllConnectionsAsync();
        await publisher.PublishAsync([TestTopology.Message("after")], Cancellation);
        var again = await consumer.NextAsync();
        await consumer.SettleAsync([lost], Settlement.Acknowledge, Cancellation);
        await consumer.SettleAsync([again], Settlement.Acknowledge, Cancellation);

        Assert.Equal("before", again.Text());
        Assert.True(again.Redelivered);
        Assert.Equal("after", (await consumer.NextAsync()).Text());
        Assert.Empty(Broker.Complaints);
    }

    [Fact]
    public async Task A_consumer_whose_queue_was_deleted_complains_and_returns_with_the_queue()
    {
        await using var consumer = await ConsumerAsync();
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.QueueDeleteAsync("First", cancellationToken: Cancellation);
        await Until(() => Broker.Complaints.Any(complaint => complaint.Contains("queue First", StringComparison.Ordinal)));

        await ((IBrokerAdministration)Broker).CreateAsync(TestTopology.Small, Cancellation);
        await PublishAsync("back");

        Assert.Equal("back", (await consumer.NextAsync()).Text());
    }

    [Fact]
    public async Task A_broker_that_came_back_without_an_exchange_is_not_consumed_from_until_the_exchange_is_there()
    {
        await using var publisher = await PublisherAsync(attempts: 50);
        await using var consumer = await ConsumerAsync();
        await using (var connection = await ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation))
        {
            await channel.ExchangeDeleteAsync("Out", cancellationToken: Cancellation);
            await CloseAllConnectionsAsync();
        }

        await Until(() => Broker.Complaints.Any(complaint => complaint.Contains("came back without exchange Out", StringComparison.Ordinal)));
        await PublishDirectlyAsync("waiting");
        Assert.True(await consumer.IsSilentAsync());
        await ((IBrokerAdministration)Broker).CreateAsync(TestTopology.Small, Cancellation);

        var delivery = await consumer.NextAsync();
        await consumer.SettleAsync([delivery], Settlement.Acknowledge, Cancellation);
        await publisher.PublishAsync([TestTopology.Message("after")], Cancellation);
        Assert.Equal(["waiting", "after"], [delivery.Text(), (await consumer.NextAsync()).Text()]);
        Assert.Empty(Broker.Complaints);
    }

    [Fact]
    public async Task Setting_up_leaves_alone_what_an_existing_deployment_made_with_other_arguments()
    {
        await using (var connection = await ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation))
        {
            await channel.QueueDeleteAsync("Second", cancellationToken: Cancellation);
            var quorum = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
            await channel.QueueDeclareAsync("Second", durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: Cancellation);
        }

        var done = await ((IBrokerAdministration)Broker).CreateAsync(TestTopology.Small, Cancellation);

        Assert.Contains("queue Second is there", done);
        Assert.Empty(await ((IBrokerAdministration)Broker).CheckAsync(TestTopology.Small, Cancellation));
        await using var publisher = await PublisherAsync();
        await publisher.PublishAsync([TestTopology.Message("to a quorum queue", key: "two")], Cancellation);
        await using var consumer = await Broker.OpenConsumerAsync(new() { Queue = "Second" }, Cancellation);
        Assert.Equal("to a quorum queue", (await consumer.NextAsync()).Text());
    }

    [Fact]
    public async Task The_dead_letter_exchange_is_internal_so_that_nobody_publishes_to_it()
    {
        await using var publisher = await Broker.OpenPublisherAsync(new() { Exchange = "DLExchange" }, Cancellation);

        await Assert.ThrowsAsync<BrokerException>(() => publisher.PublishAsync([TestTopology.Message("x")], Cancellation));
    }

    [Fact]
    public async Task The_watchdog_notices_a_consumer_that_the_broker_has_forgotten()
    {
        await using var connection = await ConnectAsync();
        var specification = new ConsumerSpecification { Queue = "First" };
        var deliveries = System.Threading.Channels.Channel.CreateBounded<Delivery>(1);
        await using var consumer = await ConsumerChannel.OpenAsync(connection, specification, deliveries.Writer, 1, Cancellation);
        await consumer.ConsumeAsync(Cancellation);
        Assert.Null(await consumer.FindFaultAsync(connection, Cancellation));

        foreach (var tag in consumer.ConsumerTags)
        {
            await consumer.Channel.BasicCancelAsync(tag, noWait: false, Cancellation);
        }

        Assert.Contains("forgotten", await consumer.FindFaultAsync(connection, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_watchdog_takes_messages_on_their_way_for_a_stall_only_at_the_second_look()
    {
        await PublishAsync("on its way");
        await PublishAsync("waiting");
        await using var connection = await ConnectAsync();
        var deliveries = System.Threading.Channels.Channel.CreateBounded<Delivery>(1);
        await using var consumer = await ConsumerChannel.OpenAsync(
            connection, new ConsumerSpecification { Queue = "First" }, deliveries.Writer, 1, Cancellation);
        var held = await HoldDeliveriesAsync(consumer.Channel);
        await consumer.ConsumeAsync(Cancellation);

        Assert.Null(await consumer.FindFaultAsync(connection, Cancellation));
        Assert.Contains("delivers none", await consumer.FindFaultAsync(connection, Cancellation), StringComparison.Ordinal);

        held.GoOn();
        Assert.Equal("on its way", (await deliveries.Reader.ReadAsync(Cancellation)).Text());
        Assert.Null(await consumer.FindFaultAsync(connection, Cancellation));
    }

    [Theory]
    [InlineData("wrong", "/", 0, "refuses user 'guest'")]
    [InlineData("guest", "nowhere", 0, "virtual host 'nowhere'")]
    [InlineData("guest", "/", 900, "cannot be reached")]
    public async Task A_broker_that_cannot_be_used_is_a_plain_sentence_at_start(string password, string virtualHost, int portOffset, string sentence)
    {
        var options = new RabbitOptions { HostName = "127.0.0.1", Port = _options.Port + portOffset, Password = password, VirtualHost = virtualHost };

        var fault = await Assert.ThrowsAsync<BrokerException>(
            () => RabbitBroker.OpenAsync(options, TimeProvider.System, NullLogger.Instance, Cancellation));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_wins_over_a_password_file_and_that_over_the_settings()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "from file\n");
        var options = new RabbitOptions { UserName = "from settings", Password = "from settings", PasswordFile = file };

        Assert.Equal(("from settings", "from file"), RabbitCredentials.Of(options, _ => null));
        Assert.Equal(("environment", "environment"), RabbitCredentials.Of(options, _ => "environment"));
        File.Delete(file);
    }

    /// <summary>Past all exchanges, into the queue First.</summary>
    private async Task PublishDirectlyAsync(string text)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancellation);
        await channel.BasicPublishAsync("", "First", mandatory: true, System.Text.Encoding.UTF8.GetBytes(text), Cancellation);
    }

    /// <summary>The library hands over the deliveries of a channel one after the other: behind one that is held all others wait.</summary>
    private async Task<HoldingConsumer> HoldDeliveriesAsync(IChannel channel)
    {
        await using var publisher = await PublisherAsync();
        await publisher.PublishAsync([TestTopology.Message("held", key: "two")], Cancellation);
        var holding = new HoldingConsumer(channel);
        await channel.BasicConsumeAsync("Second", autoAck: true, holding, Cancellation);
        await holding.Holds.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        return holding;
    }

    private Task<IConnection> ConnectAsync() =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = _options.Port, VirtualHost = _options.VirtualHost }.CreateConnectionAsync(Cancellation);

    private async Task CloseAllConnectionsAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_options.ManagementPort}/api/") };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("guest:guest"u8));
        var closed = 0;

        // The management interface lists a connection some seconds after it was made.
        for (var attempt = 0; closed == 0 && attempt < 100; attempt++)
        {
            using var document = System.Text.Json.JsonDocument.Parse(
                await http.GetStringAsync($"vhosts/{_options.VirtualHost}/connections", Cancellation));
            foreach (var connection in document.RootElement.EnumerateArray())
            {
                var name = Uri.EscapeDataString(connection.GetProperty("name").GetString() ?? "");
                using var answer = await http.DeleteAsync(new Uri($"connections/{name}", UriKind.Relative), Cancellation);
                closed += answer.IsSuccessStatusCode ? 1 : 0;
            }

            await Task.Delay(100, Cancellation);
        }

        Assert.NotEqual(0, closed);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 100 && !condition(); attempt++)
        {
            await Task.Delay(100, Cancellation);
        }

        Assert.True(condition());
    }
}
