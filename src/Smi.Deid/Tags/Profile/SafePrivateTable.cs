using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>
/// A site's CSV of private attributes, with a header: <c>tag</c> or <c>element_sig_pattern</c>, such as <c>(0019,"ACME",0C)</c> or
/// <c>0019[ACME]0C</c>; <c>vr</c>; and <c>disposition</c> or <c>private_disposition</c>: k keep, o or oi move the date, h replace the UID,
/// d remove; without that column every row is kept. Further columns are passed over.
/// </summary>
internal sealed partial class SafePrivateTable
{
    private readonly Dictionary<(ushort Group, string Creator, byte Element), SafePrivateAttribute> rows = [];
    private readonly string name;

    private SafePrivateTable(string name, byte[] bytes) => (this.name, Fingerprint) = (name, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    public IReadOnlyDictionary<(ushort Group, string Creator, byte Element), SafePrivateAttribute> Rows => rows;

    public string Fingerprint { get; }

    /// <exception cref="SafePrivateTableException">The file cannot be read or has a row that says nothing or a second thing.</exception>
    public static SafePrivateTable Load(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var table = new SafePrivateTable(Path.GetFileName(path), bytes);
            table.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF'));
            return table;
        }
        catch (DecoderFallbackException)
        {
            throw new SafePrivateTableException($"the table of safe private attributes {path} has bytes that are not UTF-8; save it as UTF-8");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SafePrivateTableException($"the table of safe private attributes {path} cannot be read ({fault.GetType().Name})");
        }
    }

    private void Read(string text)
    {
        if (text.Length == 0)
        {
            throw Fault(1, "it is empty; its header is tag,vr,disposition");
        }

        try
        {
            using var csv = CsvReader.FromText(text, new CsvReaderOptions { TrackLineNumbers = true });
            csv.ReadHeader();
            string[] header = [.. csv.Headers.ToArray().Select(cell => cell.Trim().ToLowerInvariant())];
            var (tag, vr, disposition) = (Column(header, "tag", "element_sig_pattern"), Column(header, "vr"), Column(header, "disposition", "private_disposition"));
            if (tag < 0 || vr < 0)
            {
                throw Fault(1, "the header must have the columns tag (or element_sig_pattern) and vr");
            }

            while (csv.Read())
            {
                Add((int)csv.LineNumber, csv.GetString(tag).Trim(), csv.GetString(vr).Trim(), disposition < 0 ? "k" : csv.GetString(disposition).Trim());
            }
        }
        catch (CsvFormatException fault)
        {
            throw Fault((int)fault.LineNumber, "the line is no CSV of the header's columns");
        }

        if (rows.Count == 0)
        {
            throw Fault(1, "there is no row; its header is tag,vr,disposition");
        }
    }

    private void Add(int line, string tag, string vr, string disposition)
    {
        if (Signature().Match(tag) is not { Success: true } match || (Hex(match.Groups[1]) & 1) == 0)
        {
            throw Fault(line, "the tag is no private attribute; write (gggg,\"CREATOR\",ee) or gggg[CREATOR]ee");
        }

        var kind = disposition.ToLowerInvariant() switch
        {
            "k" => SafePrivateKind.Keep,
            "o" or "oi" => SafePrivateKind.Date,
            "h" => SafePrivateKind.Uid,
            "d" => SafePrivateKind.Remove,
            _ => throw Fault(line, "the disposition is none of k, o, oi, h and d"),
        };
        var known = SafePrivateAttribute.Of(VRTraits.Parse(vr));
        if (!known.VR.IsKnown() && kind != SafePrivateKind.Remove)
        {
            throw Fault(line, "the vr is none");
        }

        // A date or UID is never kept because a table says k: it is treated as everywhere else.
        var attribute = kind == SafePrivateKind.Keep ? known : known with { Kind = kind };
        var key = (Hex(match.Groups[1]), match.Groups[2].Value.Trim(), (byte)Hex(match.Groups[3]));
        if (!rows.TryAdd(key, attribute) && rows[key] != attribute)
        {
            throw Fault(line, "another line says something else of this attribute; remove one of them");
        }
    }

    private static int Column(string[] header, params string[] names) => Array.FindIndex(header, cell => names.Contains(cell));

    private static ushort Hex(Group group) => ushort.Parse(group.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private SafePrivateTableException Fault(int line, string message) => new($"{name} line {line}: {message}");

    [GeneratedRegex("""\A\(?([0-9a-fA-F]{4}),?\s*(?:\[|")([^"\]]+)(?:\]|"),?\s*(?:[xX]{2})?([0-9a-fA-F]{2})\)?\z""", RegexOptions.NonBacktracking)]
    private static partial Regex Signature();
}
