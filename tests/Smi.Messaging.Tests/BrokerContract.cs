using Smi.Messaging.Brokers;
using Smi.Messaging.Wire;

namespace Smi.Messaging.Tests;

/// <summary>What every broker must do; run against each implementation.</summary>
public abstract class BrokerContract : IAsyncLifetime
{
    private protected IMessageBroker Broker { get; private set; } = new NoBroker();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract Task<IMessageBroker> OpenAsync();

    public async ValueTask InitializeAsync() => Broker = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Delivers_what_was_published_in_order_with_its_header()
    {
        await using var publisher = await PublisherAsync();
        await using var consumer = await ConsumerAsync(prefetch: 10);
        var messages = Enumerable.Range(0, 5).Select(number => TestTopology.Message($"body {number}")).ToList();

        await publisher.PublishAsync(messages, Cancellation);

        var deliveries = await consumer.NextAsync(5);
        Assert.Equal(messages.Select(message => message.Header.MessageGuid), deliveries.Select(delivery => HeaderTable.Read(delivery.Headers).MessageGuid));
        Assert.Equal("body 4", deliveries[4].Text());
        Assert.All(deliveries, delivery => Assert.False(delivery.Redelivered));
    }

    [Fact]
    public async Task Carries_the_trace_context_of_a_message_that_has_one()
    {
        const string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await using var publisher = await PublisherAsync();
        await using var consumer = await ConsumerAsync(prefetch: 2);
        var traced = new OutgoingMessage { Header = MessageHeader.Root("Test", TimeProvider.System, trace), Body = "{}"u8.ToArray(), RoutingKey = "one" };

        await publisher.PublishAsync([traced, TestTopology.Message("without")], Cancellation);

        var deliveries = await consumer.NextAsync(2);
        Assert.Equal([trace, null], deliveries.Select(delivery => HeaderTable.Read(delivery.Headers).TraceParent));
    }

    [Fact]
    public async Task Hands_out_no_more_than_the_prefetch_count_until_something_is_settled()
    {
        await PublishAsync("a", "b", "c");
        await using var consumer = await ConsumerAsync(prefetch: 2);

        var first = await consumer.NextAsync(2);
        Assert.True(await consumer.IsSilentAsync());
        await consumer.SettleAsync([first[0]], Settlement.Acknowledge, Cancellation);

        Assert.Equal("c", (await consumer.NextAsync()).Text());
    }

    [Fact]
    public async Task Delivers_again_what_was_given_back()
    {
        await PublishAsync("a");
        await using var consumer = await ConsumerAsync();

        await consumer.SettleAsync([await consumer.NextAsync()], Settlement.Return, Cancellation);

        var again = await consumer.NextAsync();
        Assert.Equal("a", again.Text());
        Assert.True(again.Redelivered);
    }

    [Fact]
    public async Task Delivers_again_what_a_closed_consumer_left_unsettled_and_nothing_that_it_settled()
    {
        await PublishAsync("done", "open");
        var consumer = await ConsumerAsync(prefetch: 2);
        var deliveries = await consumer.NextAsync(2);
        await consumer.SettleAsync([deliveries[0]], Settlement.Acknowledge, Cancellation);
        await consumer.DisposeAsync();

        await using var next = await ConsumerAsync(prefetch: 2);

        Assert.Equal("open", (await next.NextAsync()).Text());
        Assert.True(await next.IsSilentAsync());
    }

    [Fact]
    public async Task Does_not_deliver_again_what_was_rejected()
    {
        await PublishAsync("bad", "good");
        await using var consumer = await ConsumerAsync();

        await consumer.SettleAsync([await consumer.NextAsync()], Settlement.Reject, Cancellation);

        Assert.Equal("good", (await consumer.NextAsync()).Text());
        Assert.Equal(1, await DeadLettersAsync());
    }

    [Fact]
    public async Task A_message_for_which_no_queue_is_bound_is_an_error_that_names_exchange_and_key()
    {
        await using var publisher = await PublisherAsync();

        var fault = await Assert.ThrowsAsync<UnroutableMessageException>(
            () => publisher.PublishAsync([TestTopology.Message("a"), TestTopology.Message("b", key: "nowhere")], Cancellation));

        Assert.Contains("Out", fault.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_queue_or_exchange_is_an_error_and_is_not_created()
    {
        var consumer = await Assert.ThrowsAsync<BrokerException>(() => Broker.OpenConsumerAsync(new() { Queue = "Nowhere" }, Cancellation));
        var publisher = await Assert.ThrowsAsync<BrokerException>(() => Broker.OpenPublisherAsync(new() { Exchange = "Nobody" }, Cancellation));

        Assert.Contains("Nowhere", consumer.Message, StringComparison.Ordinal);
        Assert.Contains("Nobody", publisher.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BrokerException>(() => Broker.OpenConsumerAsync(new() { Queue = "Nowhere" }, Cancellation));
    }

    [Fact]
    public async Task A_transient_queue_receives_what_matches_its_keys_and_goes_with_its_consumer()
    {
        var specification = new ConsumerSpecification
        {
            Queue = "Control.Test1",
            AutoAck = true,
            Transient = new("ControlExchange", ["smi.control.all.*", "smi.control.test.*"]),
        };
        var consumer = await Broker.OpenConsumerAsync(specification, Cancellation);
        await using var publisher = await Broker.OpenPublisherAsync(new() { Exchange = "ControlExchange" }, Cancellation);

        await publisher.PublishAsync([TestTopology.Message("", key: "smi.control.test.stop")], Cancellation);
        Assert.Equal("smi.control.test.stop", (await consumer.NextAsync()).RoutingKey);
        await consumer.DisposeAsync();

        await Assert.ThrowsAsync<UnroutableMessageException>(
            () => publisher.PublishAsync([TestTopology.Message("", key: "smi.control.test.stop")], Cancellation));
    }

    [Fact]
    public async Task A_paused_consumer_gets_nothing_new_can_settle_and_goes_on_when_resumed()
    {
        await PublishAsync("a");
        await using var consumer = await ConsumerAsync();
        var delivery = await consumer.NextAsync();

        await consumer.PauseAsync(Cancellation);
        await consumer.SettleAsync([delivery], Settlement.Acknowledge, Cancellation);
        await PublishAsync("b");
        Assert.True(await consumer.IsSilentAsync());
        await consumer.ResumeAsync(Cancellation);

        Assert.Equal("b", (await consumer.NextAsync()).Text());
    }

    [Fact]
    public async Task Two_consumers_share_a_queue_without_doubling_anything()
    {
        await PublishAsync([.. Enumerable.Range(0, 200).Select(number => $"{number}")]);
        await using var left = await ConsumerAsync(prefetch: 10);
        await using var right = await ConsumerAsync(prefetch: 10);
        var seen = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Task.WhenAll(TakeAsync(left, seen), TakeAsync(right, seen));

        Assert.Equal(200, seen.Count);
        Assert.Equal(200, seen.Distinct().Count());
    }

    [Fact]
    public async Task The_topology_check_names_what_is_missing_and_only_that()
    {
        var administration = (IBrokerAdministration)Broker;
        var larger = TestTopology.Small with
        {
            Queues = [.. TestTopology.Small.Queues, "Third"],
            Bindings = [.. TestTopology.Small.Bindings, new("Out", "three", "First")],
        };

        Assert.Empty(await administration.CheckAsync(TestTopology.Small, Cancellation));
        var complaints = await administration.CheckAsync(larger, Cancellation);

        Assert.Equal(2, complaints.Count);
        Assert.Contains(complaints, complaint => complaint.Contains("queue Third", StringComparison.Ordinal));
        Assert.Contains(complaints, complaint => complaint.Contains("'three'", StringComparison.Ordinal));
    }

    private protected abstract Task<long> DeadLettersAsync();

    private protected Task<IMessageConsumer> ConsumerAsync(ushort prefetch = 1) =>
        Broker.OpenConsumerAsync(new() { Queue = "First", Prefetch = prefetch }, Cancellation);

    private protected Task<IMessagePublisher> PublisherAsync(int attempts = 1) =>
        Broker.OpenPublisherAsync(new() { Exchange = "Out", MaxConfirmAttempts = attempts }, Cancellation);

    private protected async Task PublishAsync(params string[] texts)
    {
        await using var publisher = await PublisherAsync();
        await publisher.PublishAsync([.. texts.Select(text => TestTopology.Message(text))], Cancellation);
    }

    private static async Task TakeAsync(IMessageConsumer consumer, System.Collections.Concurrent.ConcurrentBag<string> seen)
    {
        while (!await consumer.IsSilentAsync())
        {
            var delivery = await consumer.NextAsync();
            seen.Add(delivery.Text());
            await consumer.SettleAsync([delivery], Settlement.Acknowledge, Cancellation);
        }
    }

    private sealed class NoBroker : IMessageBroker
    {
        public IReadOnlyList<string> Complaints => [];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public Task<IMessageConsumer> OpenConsumerAsync(ConsumerSpecification consumer, CancellationToken cancellation) =>
            throw new InvalidOperationException("the test has no broker yet");

        public Task<IMessagePublisher> OpenPublisherAsync(PublisherSpecification publisher, CancellationToken cancellation) =>
            throw new InvalidOperationException("the test has no broker yet");
    }
}
