using Smi.Deid.Identifiers;

namespace Smi.Deid.Verification;

/// <summary>Reads staged bytes again, from disk, and looks for what the original told about the patient.</summary>
public interface IVerifier
{
    /// <summary>What was found; nothing when the file may leave.</summary>
    /// <exception cref="Smi.Dicom.DicomFormatException">The staged file does not parse.</exception>
    IReadOnlyList<Finding> Verify(string path, KnownIdentifiers known, CancellationToken cancellation);
}
