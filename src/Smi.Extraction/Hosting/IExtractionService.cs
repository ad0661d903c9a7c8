namespace Smi.Extraction.Hosting;

/// <summary>One of the services.</summary>
public interface IExtractionService
{
    /// <summary>SmiServices' name, such as DicomAnonymiser; control messages have it in lower case.</summary>
    string Name { get; }

    /// <summary>Works until it is asked to stop, finishes what is in flight, and returns. Throws when it cannot go on.</summary>
    Task RunAsync(CancellationToken stop);
}
