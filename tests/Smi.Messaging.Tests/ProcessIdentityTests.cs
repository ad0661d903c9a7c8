using Smi.Messaging.Processes;

namespace Smi.Messaging.Tests;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void This_process_is_alive_also_after_a_round_trip_through_text()
    {
        Assert.True(ProcessIdentity.TryParse(ProcessIdentity.Current.ToString(), out var read));
        Assert.Equal(ProcessIdentity.Current, read);
        Assert.True(read.MayBeAlive());
    }

    [Fact]
    public void A_process_with_our_number_and_another_start_time_is_dead() =>
        Assert.False((ProcessIdentity.Current with { StartTicks = 7 }).MayBeAlive());

    [Fact]
    public void A_process_of_an_earlier_boot_of_this_machine_is_dead() =>
        Assert.False((ProcessIdentity.Current with { Boot = "earlier" }).MayBeAlive());

    [Fact]
    public void Nothing_is_certain_about_another_machine_or_another_pid_namespace()
    {
        Assert.True((ProcessIdentity.Current with { Machine = "other", Boot = "other" }).MayBeAlive());
        Assert.True((ProcessIdentity.Current with { PidNamespace = "1", StartTicks = 7 }).MayBeAlive());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a_b_c_d_e")]
    [InlineData("a_b_1_2")]
    public void Other_texts_are_no_identity(string text) => Assert.False(ProcessIdentity.TryParse(text, out _));
}
