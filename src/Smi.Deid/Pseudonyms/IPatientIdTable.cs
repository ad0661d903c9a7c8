namespace Smi.Deid.Pseudonyms;

/// <summary>
/// Patient IDs and what the site wants in their place, instead of keyed pseudonyms. Lives as long as the program; safe to use from many
/// threads.
/// </summary>
public interface IPatientIdTable
{
    /// <summary>Names the table in fingerprints: where it is, never what is in it.</summary>
    string Description { get; }

    /// <summary>The replacement of a Patient ID, compared after folding blanks and case; null when the table has none.</summary>
    /// <exception cref="IOException">The table cannot be read now: a fault of ours, not a fact about the file.</exception>
    /// <exception cref="PatientIdTableException">What the table says is no Patient ID, or it says two things.</exception>
    string? Find(string original);
}
