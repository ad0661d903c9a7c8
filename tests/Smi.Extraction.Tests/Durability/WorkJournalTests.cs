using Smi.Extraction.Durability;
using Smi.Messaging.Processes;

namespace Smi.Extraction.Tests.Durability;

public sealed class WorkJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smi-journal-").FullName;
    private readonly Guid _message = Guid.NewGuid();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_message_that_was_alone_in_work_at_two_deaths_is_condemned()
    {
        Die(_message);
        using (var first = new WorkJournal(_folder, 2))
        {
            Assert.True(first.IsSuspect(_message));
            Assert.False(first.IsCondemned(_message));
        }

        Die(_message);
        using var second = new WorkJournal(_folder, 2);
        Assert.True(second.IsCondemned(_message));
    }

    [Fact]
    public void A_message_that_died_in_company_is_a_suspect_and_never_condemned_for_that()
    {
        for (var death = 0; death < 5; death++)
        {
            Die(_message, Guid.NewGuid());
        }

        using var journal = new WorkJournal(_folder, 2);
        Assert.True(journal.IsSuspect(_message));
        Assert.False(journal.IsCondemned(_message));
    }

    [Fact]
    public void A_message_that_was_finished_after_a_death_is_no_suspect_any_more()
    {
        Die(_message);
        using (var first = new WorkJournal(_folder, 2))
        {
            first.Acquit(_message);
        }

        Die(_message);
        using var second = new WorkJournal(_folder, 2);
        Assert.False(second.IsCondemned(_message));
    }

    [Fact]
    public void What_was_finished_before_a_death_is_not_in_work_at_it()
    {
        using (var journal = new WorkJournal(_folder, 2))
        {
            journal.Begin(_message).Dispose();
            PretendDeath();
        }

        using var next = new WorkJournal(_folder, 2);
        Assert.False(next.IsSuspect(_message));
    }

    /// <summary>A process dies with these messages in work: its journal stays, under the name of a process that is gone.</summary>
    private void Die(params Guid[] messages)
    {
        using var journal = new WorkJournal(_folder, 4);
        foreach (var message in messages)
        {
            journal.Begin(message);
        }

        PretendDeath();
    }

    private void PretendDeath()
    {
        var dead = ProcessIdentity.Current with { StartTicks = 1 };
        foreach (var file in Directory.GetFiles(_folder, $"{ProcessIdentity.Current}+*.journal"))
        {
            File.Copy(file, Path.Combine(_folder, $"{dead}+{Guid.NewGuid():N}.journal"));
        }
    }
}
