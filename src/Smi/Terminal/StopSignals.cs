using System.Runtime.InteropServices;

namespace Smi.Terminal;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP ask the running verb to stop, however often they come: files that are not finished are taken away first. The
/// command-line library would end the process after two seconds and leave them.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    // Never disposed: a signal that comes while the program ends must not meet a disposed one.
    private readonly CancellationTokenSource stopping = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public StopSignals()
    {
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, Stop));
        }
    }

    public CancellationToken Cancellation => stopping.Token;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stopping.Cancel();
    }
}
