using Smi.Messaging.Brokers;

namespace Smi.Messaging.Tests;

internal static class TestTopology
{
    public static readonly BrokerTopology Small = new()
    {
        Exchanges = [new("Out", "direct"), new("ControlExchange", "topic"), new("DLExchange", "topic", Internal: true)],
        Queues = ["First", "Second", "DLQueue"],
        Bindings = [new("Out", "one", "First"), new("Out", "two", "Second"), new("DLExchange", "#", "DLQueue")],
        DeadLetterExchange = "DLExchange",
    };

    public static OutgoingMessage Message(string text, string key = "one") => new()
    {
        Header = MessageHeader.Root("Test", TimeProvider.System),
        Body = System.Text.Encoding.UTF8.GetBytes(text),
        RoutingKey = key,
    };

    public static string Text(this Delivery delivery) => System.Text.Encoding.UTF8.GetString(delivery.Body.Span);

    public static async Task<Delivery> NextAsync(this IMessageConsumer consumer)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        return await consumer.Deliveries.ReadAsync(patience.Token);
    }

    public static async Task<List<Delivery>> NextAsync(this IMessageConsumer consumer, int count)
    {
        var deliveries = new List<Delivery>();
        while (deliveries.Count < count)
        {
            deliveries.Add(await consumer.NextAsync());
        }

        return deliveries;
    }

    /// <summary>True when nothing arrives for a moment.</summary>
    public static async Task<bool> IsSilentAsync(this IMessageConsumer consumer)
    {
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        moment.CancelAfter(TimeSpan.FromMilliseconds(400));
        try
        {
            await consumer.Deliveries.WaitToReadAsync(moment.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
