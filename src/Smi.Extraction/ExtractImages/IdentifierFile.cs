namespace Smi.Extraction.ExtractImages;

/// <summary>
/// A CSV of one column whose header names a UID. Read as a stream, twice: once to look for mistakes before anything is sent, once to send.
/// </summary>
internal sealed class IdentifierFile
{
    private static readonly string[] Keys = ["SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID"];
    private readonly string _path;

    private IdentifierFile(string path, string keyTag)
    {
        _path = path;
        KeyTag = keyTag;
    }

    public string KeyTag { get; }

    /// <exception cref="ExtractImagesException">The file cannot be read, or its header is another.</exception>
    public static IdentifierFile Open(string path)
    {
        try
        {
            var header = File.ReadLines(path).FirstOrDefault()?.Trim().Trim('"') ?? "";
            return Keys.Contains(header)
                ? new(path, header)
                : throw new ExtractImagesException($"{path} line 1: the CSV must have one column, with the header {string.Join(", ", Keys[..^1])} or {Keys[^1]}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ExtractImagesException($"cannot read {path}: {fault.Message}", fault);
        }
    }

    /// <summary>The identifiers with their lines; blank lines left out.</summary>
    public IEnumerable<(int Line, string Identifier)> Read()
    {
        var number = 1;
        foreach (var line in File.ReadLines(_path).Skip(1))
        {
            number++;
            var identifier = line.Trim();
            identifier = identifier is ['"', .., '"'] ? identifier[1..^1].Trim() : identifier;
            if (identifier.Length == 0)
            {
                continue;
            }

            if (identifier.Contains(',', StringComparison.Ordinal) || identifier.Contains('"', StringComparison.Ordinal))
            {
                throw new ExtractImagesException($"{_path} line {number}: more than one column");
            }

            yield return (number, identifier);
        }
    }

    /// <summary>DICOM PS3.5 9.1: digits and dots, at most 64, no empty component and no leading zero.</summary>
    public static bool IsUid(string text) =>
        text.Length is > 0 and <= 64 && text.Split('.').All(part => part.Length > 0 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0'));
}
