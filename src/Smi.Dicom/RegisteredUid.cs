namespace Smi.Dicom;

/// <summary>A row of the UID registry (PS3.6 annex A).</summary>
public sealed record RegisteredUid(string Uid, string Name, string Type, string Keyword, bool IsRetired);
