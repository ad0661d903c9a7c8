using Smi.Deid.Files;

namespace Smi.Extraction.Tests.Durability;

public sealed class PartSweeperTests : IDisposable
{
    private const int NoProcess = 2_147_483_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("smi-sweep-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sweeps_what_a_dead_process_of_this_machine_left_and_nothing_that_has_another_name()
    {
        Write($".smi-{NoProcess}-{PartOwner.Current.Host}-abc.part");
        Write("a.part");
        Write(".smi-x-y-z.part");

        Assert.Equal(1, Sweep());
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Leaves_what_a_living_process_works_on()
    {
        Write($".smi-{Environment.ProcessId}-{PartOwner.Current.Host}-abc.part");

        Assert.Equal(0, Sweep());
    }

    [Fact]
    public void Leaves_what_another_machine_may_be_working_on_until_it_is_a_day_old()
    {
        var path = Write($".smi-{NoProcess}-00000000-abc.part");
        Assert.Equal(0, Sweep());

        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddDays(-2));

        Assert.Equal(1, Sweep());
    }

    private int Sweep() => PartSweeper.Sweep(_folder, TimeProvider.System, TestContext.Current.CancellationToken);

    private string Write(string name)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, "half");
        return path;
    }
}
