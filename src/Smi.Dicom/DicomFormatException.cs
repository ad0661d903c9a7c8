namespace Smi.Dicom;

/// <summary>
/// The bytes are not what the standard allows here. Says what and where, never what stood there: the message holds
/// offset, tag and cause and no value read from the file.
/// </summary>
public sealed class DicomFormatException : Exception
{
    public DicomFormatException(string cause, long? offset = null, DicomTag? tag = null, Exception? inner = null)
        : base(Describe(cause, offset, tag), inner)
    {
        Cause = cause;
        Offset = offset;
        Tag = tag;
    }

    public string Cause { get; }

    /// <summary>Byte offset in the file, or in the inflated data set of a deflated file; null when not known.</summary>
    public long? Offset { get; }

    public DicomTag? Tag { get; }

    private static string Describe(string cause, long? offset, DicomTag? tag) =>
        (offset, tag) switch
        {
            (null, null) => cause,
            (null, _) => $"{tag}: {cause}",
            (_, null) => $"at offset {offset}: {cause}",
            _ => $"{tag} at offset {offset}: {cause}",
        };
}
