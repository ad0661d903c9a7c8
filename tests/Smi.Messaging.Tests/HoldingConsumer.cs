using RabbitMQ.Client;

namespace Smi.Messaging.Tests;

/// <summary>Holds its first delivery, and with it the channel, until it is told to go on.</summary>
internal sealed class HoldingConsumer(IChannel channel) : AsyncDefaultBasicConsumer(channel)
{
    private readonly TaskCompletionSource _holds = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayGoOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Holds => _holds.Task;

    public void GoOn() => _mayGoOn.SetResult();

    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        _holds.TrySetResult();
        await _mayGoOn.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
    }
}
