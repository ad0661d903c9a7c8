namespace Smi.Extraction.DicomAnonymiser;

/// <summary>What logs and audit records say about how files are de-identified: fingerprints, never the key.</summary>
public sealed record DeidIdentity(string Version, string Policy, string Key);
