using System.Security.Cryptography;
using System.Text;
using CsvHelper;

namespace Smi.Deid.Pseudonyms;

/// <summary>Patient IDs of a CSV file with the columns <c>original,replacement</c>, UTF-8. It is read whole, and checked, before the first file.</summary>
public sealed class CsvPatientIdTable : IPatientIdTable
{
    private const string HeaderRule = "the first line must be original,replacement";
    private static readonly string[] Header = ["original", "replacement"];
    private readonly Dictionary<string, string> replacements;

    private CsvPatientIdTable(Dictionary<string, string> replacements, string description) => (this.replacements, Description) = (replacements, description);

    public string Description { get; }

    /// <exception cref="PatientIdTableException">The file is missing, empty, no UTF-8, or has a line that says nothing or a second thing.</exception>
    public static CsvPatientIdTable Load(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            return new CsvPatientIdTable(Read(text, path), $"csv {Convert.ToHexStringLower(SHA256.HashData(bytes))}");
        }
        catch (DecoderFallbackException)
        {
            throw new PatientIdTableException($"{path} has bytes that are not UTF-8, so encodings are mixed; save it as UTF-8");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PatientIdTableException($"the table of patient IDs {path} does not exist");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PatientIdTableException($"the table of patient IDs {path} cannot be read; check its permissions, and that it is a file");
        }
    }

    public string? Find(string original) => replacements.GetValueOrDefault(PatientIdText.Fold(original));

    private static Dictionary<string, string> Read(string text, string path)
    {
        var replacements = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text.Length == 0)
        {
            throw Fault(path, 1, HeaderRule);
        }

        try
        {
            using var csv = CsvReader.FromText(text, new CsvReaderOptions { TrackLineNumbers = true, IncludeValuesInExceptions = false });
            csv.ReadHeader();
            if (!csv.Headers.ToArray().Select(cell => cell.Trim().ToLowerInvariant()).SequenceEqual(Header))
            {
                throw Fault(path, 1, HeaderRule);
            }

            while (csv.Read())
            {
                if (csv.FieldCount != Header.Length)
                {
                    throw Fault(path, (int)csv.LineNumber, "the line is not an original, a comma and a replacement");
                }

                Add(replacements, csv.GetString(0), csv.GetString(1).Trim(), path, (int)csv.LineNumber);
            }
        }
        catch (CsvFormatException fault)
        {
            throw Fault(path, (int)fault.LineNumber, "the line is not an original, a comma and a replacement");
        }

        return replacements.Count > 0 ? replacements : throw Fault(path, 1, "there is no entry");
    }

    private static void Add(Dictionary<string, string> replacements, string original, string replacement, string path, int line)
    {
        if (string.IsNullOrWhiteSpace(original))
        {
            throw Fault(path, line, "there is no original");
        }

        if (PatientIdText.Fault(replacement) is { } fault)
        {
            throw Fault(path, line, fault);
        }

        if (PatientIdText.Fold(original) == PatientIdText.Fold(replacement))
        {
            throw Fault(path, line, "the replacement is the original");
        }

        if (!replacements.TryAdd(PatientIdText.Fold(original), replacement))
        {
            throw Fault(path, line, "this original is there twice; remove one of the lines");
        }
    }

    private static PatientIdTableException Fault(string path, int line, string message) => new($"{Path.GetFileName(path)} line {line}: {message}");
}
