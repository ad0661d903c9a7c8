using System.Globalization;
using System.Text.RegularExpressions;
using Smi.Deid.Files;
using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>
/// A site's CSV of private attributes, with a header: <c>tag</c> or <c>element_sig_pattern</c>, such as <c>(0019,"ACME",0C)</c> or
/// <c>0019[ACME]0C</c>; <c>vr</c>; and <c>disposition</c> or <c>private_disposition</c>: k keep, o or oi move the date, h replace the UID,
/// d remove; without that column every row is kept. Further columns are passed over.
/// </summary>
internal sealed partial class SafePrivateTable
{
    private const string Columns = "tag,vr,disposition";
    private readonly Dictionary<(ushort Group, string Creator, byte Element), SafePrivateAttribute> rows = [];

    private SafePrivateTable(SiteTable table)
    {
        Fingerprint = table.Fingerprint;
        var (tag, vr, disposition) = (table.Column("tag", "element_sig_pattern"), table.Column("vr"), table.Column("disposition", "private_disposition"));
        if (tag < 0 || vr < 0)
        {
            throw table.Fault(1, "the header must have the columns tag (or element_sig_pattern) and vr");
        }

        while (table.Read())
        {
            Add(table, table.Field(tag).Trim(), table.Field(vr).Trim(), disposition < 0 ? "k" : table.Field(disposition).Trim());
        }

        if (rows.Count == 0)
        {
            throw table.Fault(1, $"there is no row; its header is {Columns}");
        }
    }

    public IReadOnlyDictionary<(ushort Group, string Creator, byte Element), SafePrivateAttribute> Rows => rows;

    /// <summary>Of the file's bytes.</summary>
    public string Fingerprint { get; }

    /// <exception cref="SafePrivateTableException">The file cannot be read or has a row that says nothing or a second thing.</exception>
    public static SafePrivateTable Load(string path)
    {
        using var table = SiteTable.Open(path, "the table of safe private attributes", Columns, message => new SafePrivateTableException(message));
        return new SafePrivateTable(table);
    }

    private void Add(SiteTable table, string tag, string vr, string disposition)
    {
        if (Signature().Match(tag) is not { Success: true } match || (Hex(match.Groups[1]) & 1) == 0)
        {
            throw table.Fault("the tag is no private attribute; write (gggg,\"CREATOR\",ee) or gggg[CREATOR]ee");
        }

        var kind = disposition.ToLowerInvariant() switch
        {
            "k" => SafePrivateKind.Keep,
            "o" or "oi" => SafePrivateKind.Date,
            "h" => SafePrivateKind.Uid,
            "d" => SafePrivateKind.Remove,
            _ => throw table.Fault("the disposition is none of k, o, oi, h and d"),
        };
        var known = SafePrivateAttribute.Of(VRTraits.Parse(vr));
        if (!known.VR.IsKnown() && kind != SafePrivateKind.Remove)
        {
            throw table.Fault("the vr is none");
        }

        // A date or UID is never kept because a table says k: it is treated as everywhere else.
        var attribute = kind == SafePrivateKind.Keep ? known : known with { Kind = kind };
        var key = (Hex(match.Groups[1]), match.Groups[2].Value.Trim(), (byte)Hex(match.Groups[3]));
        if (!rows.TryAdd(key, attribute) && rows[key] != attribute)
        {
            throw table.Fault("another line says something else of this attribute; remove one of them");
        }
    }

    private static ushort Hex(Group group) => ushort.Parse(group.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex("""\A\(?([0-9a-fA-F]{4}),?\s*(?:\[|")([^"\]]+)(?:\]|"),?\s*(?:[xX]{2})?([0-9a-fA-F]{2})\)?\z""", RegexOptions.NonBacktracking)]
    private static partial Regex Signature();
}
