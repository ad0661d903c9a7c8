using System.Security.Cryptography;
using System.Text;
using CsvHelper;

namespace Smi.Deid.Files;

/// <summary>
/// A CSV file of the site, UTF-8, whose first line names its columns; read line by line. Its faults name the file, the line and the way out, and
/// hold no field: a table may say who a patient is.
/// </summary>
internal sealed class SiteTable : IDisposable
{
    private readonly string name;
    private readonly Func<string, Exception> faults;
    private readonly CsvReader csv;
    private readonly string[] header;

    private SiteTable(string path, byte[] bytes, string text, Func<string, Exception> faults)
    {
        (name, this.faults, Fingerprint) = (Path.GetFileName(path), faults, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        // A quote that nobody closes would take the lines behind it into its field.
        csv = CsvReader.FromText(text, new CsvReaderOptions { TrackLineNumbers = true, IncludeValuesInExceptions = false, MalformedData = CsvMalformedDataHandling.Throw });
        csv.ReadHeader();
        header = [.. csv.Headers.ToArray().Select(cell => cell.Trim().ToLowerInvariant())];
    }

    /// <summary>Of the file's bytes.</summary>
    public string Fingerprint { get; }

    /// <summary>Trimmed and in small letters.</summary>
    public IReadOnlyList<string> Header => header;

    public int FieldCount => csv.FieldCount;

    /// <param name="path">Where it is.</param>
    /// <param name="what">What it is, for messages: "the table of patient IDs".</param>
    /// <param name="columns">What the first line must be, for messages.</param>
    /// <param name="faults">Makes the exception of a fault from its message.</param>
    /// <exception cref="Exception">Of <paramref name="faults"/>: the file is missing, empty, no UTF-8 or cannot be read.</exception>
    public static SiteTable Open(string path, string what, string columns, Func<string, Exception> faults)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            return text.Length > 0 ? new SiteTable(path, bytes, text, faults) : throw faults($"{what} {path} is empty; its first line is {columns}");
        }
        catch (DecoderFallbackException)
        {
            throw faults($"{what} {path} has bytes that are not UTF-8, so encodings are mixed; save it as UTF-8");
        }
        catch (CsvFormatException)
        {
            throw faults($"{what} {path} has a first line that is no CSV; it is {columns}");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw faults($"{what} {path} does not exist");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw faults($"{what} {path} cannot be read; check its permissions, and that it is a file");
        }
    }

    /// <summary>The place of the first column with one of these names, or -1.</summary>
    public int Column(params string[] names) => Array.FindIndex(header, names.Contains);

    /// <summary>Goes to the next line; false behind the last.</summary>
    public bool Read()
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException fault)
        {
            throw Fault((int)fault.LineNumber, "the line is no CSV of the header's columns");
        }
    }

    /// <summary>As it stands there.</summary>
    public string Field(int column) => column < csv.FieldCount ? csv.GetString(column) : throw Fault("the line has fewer fields than the header");

    /// <summary>A fault of the line that was read last.</summary>
    public Exception Fault(string message) => Fault((int)csv.LineNumber, message);

    /// <summary>A fault of a line, counted from 1.</summary>
    public Exception Fault(int line, string message) => faults($"{name} line {line}: {message}");

    public void Dispose() => csv.Dispose();
}
