namespace Smi.Deid.Tools;

/// <summary>What went wrong with a tool; a fault of ours or of the machine, never a fact about the file.</summary>
public enum ToolFaultKind
{
    /// <summary>The program is not there or cannot be executed.</summary>
    NotFound,

    /// <summary>It ended, or said nothing sensible, before it was ready.</summary>
    NotStarted,
    TimedOut,

    /// <summary>It ended before it answered.</summary>
    Ended,

    /// <summary>It answered something else than its protocol allows.</summary>
    WrongAnswer,

    /// <summary>It took more memory than it may.</summary>
    TooMuchMemory,

    /// <summary>It said that the file is done, and there is none.</summary>
    NoOutput,

    /// <summary>What it wrote is no DICOM file.</summary>
    BadOutput,
}
