using System.Runtime.InteropServices;

namespace Smi.Terminal;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP ask the running verb to stop, however often they come: files that are not finished are taken away first. The
/// command-line library would end the process after two seconds and leave them. Lasts as long as the process: a signal that comes while the
/// program ends must not end it with another code.
/// </summary>
internal sealed class StopSignals
{
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action stop;

    public StopSignals()
    {
        var stopping = new CancellationTokenSource();
        Cancellation = stopping.Token;
        stop = stopping.Cancel;
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, Stop));
        }
    }

    public CancellationToken Cancellation { get; }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop();
    }
}
