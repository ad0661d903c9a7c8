namespace Smi.Dicom;

/// <summary>The UIDs that the standard itself assigns (PS3.6 annex A); nobody's data are in them.</summary>
public static class UidRegistry
{
    private static readonly Dictionary<string, RegisteredUid> ByUid =
        ResourceTable.Rows("uids.tsv").ToDictionary(row => row[0], row => new RegisteredUid(row[0], row[1], row[2], row[5], row[4].Length > 0));

    public static IReadOnlyCollection<RegisteredUid> All => ByUid.Values;

    public static RegisteredUid? Find(string uid) => ByUid.GetValueOrDefault(uid);

    /// <summary>
    /// True for every UID under the root of the standard. The registry of one edition does not list what the next one adds, and
    /// nobody else may assign a UID there (PS3.5 9).
    /// </summary>
    public static bool IsWellKnown(string uid) => uid.StartsWith("1.2.840.10008.", StringComparison.Ordinal) && uid.Length <= 64
        && (ByUid.ContainsKey(uid) || IsShortEnoughToBeAssigned(uid));

    // A number of five or more digits does not occur in what the standard assigns after its root, but hides well in it.
    private static bool IsShortEnoughToBeAssigned(string uid) =>
        uid.Length <= 34 && uid["1.2.840.10008.".Length..].Split('.').All(part => part.Length is > 0 and < 5 && part.All(char.IsAsciiDigit));
}
