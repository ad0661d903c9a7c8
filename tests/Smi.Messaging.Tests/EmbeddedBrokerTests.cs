using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Smi.Messaging.Brokers;
using Smi.Messaging.Embedded;
using Smi.Messaging.Processes;

namespace Smi.Messaging.Tests;

public sealed class EmbeddedBrokerTests : BrokerContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smi-embedded-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "broker.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected override async Task<IMessageBroker> OpenAsync() => await OpenAnotherAsync();

    private protected override Task<long> DeadLettersAsync() => ((EmbeddedBroker)Broker).CountDeadLettersAsync(Cancellation);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Two_brokers_on_one_file_see_each_others_messages()
    {
        await using var other = await OpenAnotherAsync();
        await using var consumer = await other.OpenConsumerAsync(new() { Queue = "First" }, Cancellation);

        await PublishAsync("across");

        Assert.Equal("across", (await consumer.NextAsync()).Text());
    }

    [Fact]
    public async Task Messages_survive_closing_and_opening_the_file()
    {
        await PublishAsync("kept");
        await Broker.DisposeAsync();

        await using var again = await OpenAnotherAsync();
        await using var consumer = await again.OpenConsumerAsync(new() { Queue = "First" }, Cancellation);

        Assert.Equal("kept", (await consumer.NextAsync()).Text());
    }

    [Fact]
    public async Task What_a_dead_process_held_is_delivered_again_as_soon_as_another_opens_the_file()
    {
        await PublishAsync("orphan");
        var dead = ProcessIdentity.Current with { StartTicks = 1 };
        await Execute($"INSERT INTO consumers VALUES('gone','{dead}','First',{long.MaxValue}); UPDATE messages SET lease='gone', deliveries=1");

        await using var other = await OpenAnotherAsync();
        await using var consumer = await other.OpenConsumerAsync(new() { Queue = "First" }, Cancellation);

        var delivery = await consumer.NextAsync();
        Assert.Equal("orphan", delivery.Text());
        Assert.True(delivery.Redelivered);
    }

    [Fact]
    public async Task What_a_living_process_holds_is_left_to_it_until_its_lease_ends()
    {
        await PublishAsync("held");
        var elsewhere = ProcessIdentity.Current with { Machine = "another", Boot = "another" };
        await Execute($"INSERT INTO consumers VALUES('far','{elsewhere}','First',{DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()}); UPDATE messages SET lease='far'");

        await using var other = await OpenAnotherAsync();
        await using var consumer = await other.OpenConsumerAsync(new() { Queue = "First" }, Cancellation);

        Assert.True(await consumer.IsSilentAsync());
    }

    [Fact]
    public async Task A_consumer_that_lost_its_lease_cannot_settle_what_another_now_holds()
    {
        await PublishAsync("contested");
        await using var slow = await ConsumerAsync();
        var stale = await slow.NextAsync();
        await Execute("UPDATE messages SET lease='somebody else'");

        await slow.SettleAsync([stale], Settlement.Acknowledge, Cancellation);

        Assert.Equal(1L, await Execute("SELECT COUNT(*) FROM messages"));
    }

    [Fact]
    public async Task A_process_that_slept_past_its_lease_starts_anew_and_gets_its_messages_again()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        var path = System.IO.Path.Combine(_folder, "slept.db");
        await using var broker = await EmbeddedBroker.OpenAsync(new() { Path = path }, TestTopology.Small, clock, NullLogger.Instance, Cancellation);
        await using var publisher = await broker.OpenPublisherAsync(new() { Exchange = "Out" }, Cancellation);
        await publisher.PublishAsync([TestTopology.Message("again")], Cancellation);
        await using var consumer = await broker.OpenConsumerAsync(new() { Queue = "First" }, Cancellation);
        var first = await consumer.NextAsync();
        await ExecuteIn(path, "DELETE FROM consumers; UPDATE messages SET lease=NULL");

        clock.Advance(TimeSpan.FromSeconds(6));

        var second = await consumer.NextAsync();
        Assert.NotEqual(first.Generation, second.Generation);
        await consumer.SettleAsync([first], Settlement.Acknowledge, Cancellation);
        Assert.Equal(1L, await ExecuteIn(path, "SELECT COUNT(*) FROM messages"));
        await consumer.SettleAsync([second], Settlement.Acknowledge, Cancellation);
        Assert.Equal(0L, await ExecuteIn(path, "SELECT COUNT(*) FROM messages"));
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_refused_with_both_versions()
    {
        await Execute("PRAGMA user_version=99");

        var fault = await Assert.ThrowsAsync<InvalidDataException>(OpenAnotherAsync);

        Assert.Contains("99", fault.Message, StringComparison.Ordinal);
        Assert.Contains("newer", fault.Message, StringComparison.Ordinal);
    }

    private Task<EmbeddedBroker> OpenAnotherAsync() =>
        EmbeddedBroker.OpenAsync(new() { Path = Path }, TestTopology.Small, TimeProvider.System, NullLogger.Instance, Cancellation);

    private Task<object?> Execute(string sql) => ExecuteIn(Path, sql);

    private static async Task<object?> ExecuteIn(string path, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
