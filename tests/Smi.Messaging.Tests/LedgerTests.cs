using Smi.Messaging.Brokers;
using Smi.Messaging.RabbitMq;

namespace Smi.Messaging.Tests;

public sealed class LedgerTests
{
    [Fact]
    public void Acknowledges_everything_finished_below_the_first_gap_at_once()
    {
        var ledger = Delivered(1, 2, 3, 4, 5);

        Assert.Equal([(2ul, true), (4ul, false)], ledger.Acknowledge([1, 2, 4]));
        Assert.Equal([(5ul, true)], ledger.Acknowledge([3, 5]));
        Assert.Equal(0, ledger.Count);
    }

    [Fact]
    public void Never_covers_an_unfinished_delivery_with_a_multiple_acknowledgement()
    {
        var ledger = Delivered(1, 2, 3);

        Assert.Equal([(2ul, false), (3ul, false)], ledger.Acknowledge([2, 3]));
        Assert.Equal([(1ul, false)], ledger.Acknowledge([1]));
    }

    [Fact]
    public void Leaves_out_what_was_given_back_or_never_delivered()
    {
        var ledger = Delivered(1, 2, 3);

        Assert.True(ledger.Remove(1));
        Assert.False(ledger.Remove(1));
        Assert.Equal([(3ul, true)], ledger.Acknowledge([1, 2, 3, 99]));
    }

    [Fact]
    public void Any_order_of_finishing_acknowledges_every_delivery_exactly_once()
    {
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Shuffle(Enumerable.Range(1, 40).Select(tag => (ulong)tag).ToArray()), CsCheck.Gen.Int[1, 7]),
            sample =>
            {
                var (order, size) = sample;
                var ledger = Delivered([.. Enumerable.Range(1, 40).Select(tag => (ulong)tag)]);
                var open = new SortedSet<ulong>(order);
                foreach (var part in order.Chunk(size))
                {
                    foreach (var (tag, multiple) in ledger.Acknowledge(part))
                    {
                        var covered = multiple ? open.Where(one => one <= tag).ToList() : [tag];
                        Assert.All(covered, one => Assert.True(open.Remove(one)));
                    }
                }

                return open.Count == 0;
            });
    }

    [Fact]
    public async Task A_confirm_for_several_settles_all_up_to_its_number()
    {
        var ledger = new ConfirmLedger();
        var answers = Enumerable.Range(1, 3).Select(number => ledger.Expect((ulong)number, Guid.NewGuid())).ToList();

        ledger.Settle(2, multiple: true, accepted: true);

        Assert.Equal(Confirmation.Confirmed, await answers[0]);
        Assert.Equal(Confirmation.Confirmed, await answers[1]);
        Assert.False(answers[2].IsCompleted);
    }

    [Fact]
    public async Task A_message_that_came_back_is_returned_although_it_is_confirmed_afterwards()
    {
        var ledger = new ConfirmLedger();
        var message = Guid.NewGuid();
        var answer = ledger.Expect(1, message);

        ledger.Returned(message);
        ledger.Settle(1, multiple: false, accepted: true);

        Assert.Equal(Confirmation.Returned, await answer);
    }

    [Fact]
    public async Task What_is_open_when_the_channel_goes_fails_and_so_does_what_comes_later()
    {
        var ledger = new ConfirmLedger();
        var answer = ledger.Expect(1, Guid.NewGuid());

        ledger.Close(new BrokerException("gone"));

        await Assert.ThrowsAsync<BrokerException>(() => answer);
        await Assert.ThrowsAsync<BrokerException>(() => ledger.Expect(2, Guid.NewGuid()));
    }

    [Theory]
    [InlineData("smi.control.all.*", "smi.control.all.stop", true)]
    [InlineData("smi.control.all.*", "smi.control.all.stop.now", false)]
    [InlineData("smi.control.#", "smi.control", true)]
    [InlineData("smi.control.#", "smi.control.dicomanonymiser.stop12", true)]
    [InlineData("#", "", true)]
    [InlineData("#.stop", "a.b.stop", true)]
    [InlineData("*", "", false)]
    [InlineData("verify", "noverify", false)]
    public void Topic_keys_match_as_AMQP_says(string pattern, string key, bool matches) =>
        Assert.Equal(matches, Brokers.RoutingPattern.Matches(pattern, key));

    private static AcknowledgementLedger Delivered(params ulong[] tags)
    {
        var ledger = new AcknowledgementLedger();
        foreach (var tag in tags)
        {
            ledger.Delivered(tag);
        }

        return ledger;
    }
}
