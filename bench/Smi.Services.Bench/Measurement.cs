namespace Smi.Services.Bench;

/// <summary>One way of doing it, once: files a second from the start of the first process to the last answer, and processor time per file.</summary>
internal sealed record Measurement(string Way, int Files, TimeSpan Wall, TimeSpan Processor)
{
    public double Rate => Files / Wall.TotalSeconds;

    public double Milliseconds => Processor.TotalMilliseconds / Files;
}
