using Smi.Deid.Files;

namespace Smi.Deid;

/// <summary>
/// A de-identified and verified file that does not have its final name yet, so that many can be made durable together. Disposing one
/// that was not committed deletes it.
/// </summary>
public sealed class StagedFile : IDisposable
{
    private readonly bool overwrite;
    private bool isCommitted;

    internal StagedFile(string partPath, ConfinedPath output, DeidReport report, bool overwrite)
    {
        PartPath = partPath;
        Output = output;
        Report = report;
        this.overwrite = overwrite;
    }

    /// <summary>Where the bytes are now; in the folder of the final name.</summary>
    public string PartPath { get; }

    public ConfinedPath Output { get; }

    public DeidReport Report { get; }

    /// <summary>
    /// Gives the file its final name, atomically. A target with the same bytes is success; one with other bytes is refused unless the
    /// job says overwrite.
    /// </summary>
    public DeidOutcome Commit()
    {
        if (!overwrite && !TryName())
        {
            var isSame = FileComparison.AreEqual(PartPath, Output.FullPath);
            File.Delete(PartPath);
            isCommitted = true;
            return isSame
                ? new DeidOutcome.Deidentified(Report)
                : new DeidOutcome.Refused("output", "another file with other content has this name already");
        }

        if (overwrite)
        {
            File.Move(PartPath, Output.FullPath, overwrite: true);
        }

        isCommitted = true;
        return new DeidOutcome.Deidentified(Report);
    }

    public void Dispose()
    {
        if (!isCommitted)
        {
            File.Delete(PartPath);
        }
    }

    private bool TryName()
    {
        try
        {
            File.Move(PartPath, Output.FullPath, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(Output.FullPath))
        {
            return false;
        }
    }
}
