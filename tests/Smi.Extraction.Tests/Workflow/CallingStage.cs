using Smi.Deid;

namespace Smi.Extraction.Tests.Workflow;

/// <summary>A stage that does something odd the first times, and nothing after that.</summary>
internal sealed class CallingStage(int times, Action<DeidContext> action) : IDeidStage
{
    private int _times;

    public int Times => Volatile.Read(ref _times);

    public string Name => "tags";

    public Refusal? Apply(DeidContext context, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _times) <= times)
        {
            action(context);
        }

        return null;
    }
}
