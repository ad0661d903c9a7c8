namespace Smi.Dicom;

/// <summary>A transfer syntax of PS3.6 table A-1 that files can have. One that is not listed there is not read.</summary>
public sealed class TransferSyntax
{
    private const string Jpip = "1.2.840.10008.1.2.4.9";
    private static readonly Dictionary<string, TransferSyntax> Known = Load();

    public static readonly TransferSyntax ImplicitLittleEndian = Known["1.2.840.10008.1.2"];
    public static readonly TransferSyntax ExplicitLittleEndian = Known["1.2.840.10008.1.2.1"];
    public static readonly TransferSyntax DeflatedExplicitLittleEndian = Known["1.2.840.10008.1.2.1.99"];
    public static readonly TransferSyntax ExplicitBigEndian = Known["1.2.840.10008.1.2.2"];

    private TransferSyntax(string uid, string name)
    {
        Uid = uid;
        Name = name;
        IsDeflated = uid == "1.2.840.10008.1.2.1.99";
        var isBigEndian = uid == "1.2.840.10008.1.2.2";
        var isImplicit = uid == "1.2.840.10008.1.2";
        Encoding = new DataSetEncoding(!isImplicit, isBigEndian);
        IsEncapsulated = !isImplicit && !isBigEndian && !IsDeflated && uid != "1.2.840.10008.1.2.1";
    }

    public string Uid { get; }

    public string Name { get; }

    public DataSetEncoding Encoding { get; }

    /// <summary>Pixel Data is a sequence of fragments (PS3.5 A.4).</summary>
    public bool IsEncapsulated { get; }

    /// <summary>The whole data set is one RFC 1951 stream (PS3.5 A.5).</summary>
    public bool IsDeflated { get; }

    public static TransferSyntax? Find(string uid) => Known.GetValueOrDefault(uid);

    /// <summary>The native little or big endian syntax with this encoding.</summary>
    public static TransferSyntax Native(DataSetEncoding encoding) =>
        !encoding.IsExplicit ? ImplicitLittleEndian : encoding.IsBigEndian ? ExplicitBigEndian : ExplicitLittleEndian;

    public override string ToString() => Name;

    private static Dictionary<string, TransferSyntax> Load() =>
        UidRegistry.All
            .Where(entry => entry.Type == "Transfer Syntax" && IsForFiles(entry))
            .ToDictionary(entry => entry.Uid, entry => new TransferSyntax(entry.Uid, entry.Name));

    // JPIP refers to pixels elsewhere; SMPTE syntaxes are for real-time video; MIME, XML and Papyrus are no PS3.10 files.
    private static bool IsForFiles(RegisteredUid entry) =>
        entry.Uid.StartsWith("1.2.840.10008.1.2", StringComparison.Ordinal)
        && !entry.Uid.StartsWith(Jpip + "4", StringComparison.Ordinal)
        && !entry.Uid.StartsWith(Jpip + "5", StringComparison.Ordinal)
        && !entry.Name.Contains("JPIP", StringComparison.Ordinal)
        && !entry.Uid.StartsWith("1.2.840.10008.1.2.6", StringComparison.Ordinal)
        && !entry.Uid.StartsWith("1.2.840.10008.1.2.7", StringComparison.Ordinal);
}
