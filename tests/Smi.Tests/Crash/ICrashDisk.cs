using System.Diagnostics;

namespace Smi.Tests.Crash;

/// <summary>The disk of a crash run, which runs full when it is told to.</summary>
internal interface ICrashDisk : IDisposable
{
    /// <summary>A process whose writes meet this disk.</summary>
    Process Start(ProcessStartInfo start);

    void Fill();

    void Empty();
}
