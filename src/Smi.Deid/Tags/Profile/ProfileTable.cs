using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>
/// PS3.15 table E.1-1 compiled for one choice of options. Every standard attribute has a rule: what the table does not list is
/// decided by its VR, and what the dictionary does not know is removed.
/// </summary>
public sealed class ProfileTable
{
    private const ushort LastTechnicalGroup = 0x0018;
    private static readonly IReadOnlyList<ProfileRow> Rows = LoadRows();

    // UIDs that name a kind of thing and never an instance.
    private static readonly HashSet<string> ClassUids = new(StringComparer.Ordinal)
    {
        "SOPClassUID", "RelatedGeneralSOPClassUID", "OriginalSpecializedSOPClassUID", "SOPClassesInStudy", "CodingSchemeUID",
        "ContextGroupExtensionCreatorUID", "ContextUID", "MappingResourceUID", "StoredInstanceTransferSyntaxUID", "ReferencedSOPClassUID",
        "SOPClassesSupported", "AvailableTransferSyntaxUID", "FlowTransferSyntaxUID", "MACCalculationTransferSyntaxUID",
        "EncryptedContentTransferSyntaxUID", "PertinentSOPClassesInStudy", "PertinentSOPClassesInSeries",
    };

    private readonly Dictionary<DicomTag, ProfileRule> rules = [];
    private readonly RetainOptions retain;
    private readonly bool cleansText;

    public ProfileTable(RetainOptions retain, bool cleansText)
    {
        this.retain = retain;
        this.cleansText = cleansText;
        foreach (var row in Rows)
        {
            rules[row.Tag] = Choose(row);
        }
    }

    /// <summary>The attributes that have a row of their own.</summary>
    internal static IEnumerable<DicomTag> Listed => Rows.Select(row => row.Tag);

    /// <summary>The rule for a standard attribute; private ones are decided by their block.</summary>
    public ProfileRule RuleFor(DicomTag tag)
    {
        if (rules.TryGetValue(tag, out var rule))
        {
            return rule;
        }

        rule = Decide(tag);
        return rule;
    }

    private ProfileRule Choose(ProfileRow row) =>
        Kept(row) ?? Shifted(row) ?? Cleaned(row) ?? Basic(row);

    private ProfileRule? Kept(ProfileRow row) =>
        Keeps(row.Uids, RetainOptions.Uids) ? new(ProfileAction.Keep, "Retain UIDs")
        : Keeps(row.DeviceIdentity, RetainOptions.DeviceIdentity) ? new(ProfileAction.Keep, "Retain Device Identity")
        : Keeps(row.InstitutionIdentity, RetainOptions.InstitutionIdentity) ? new(ProfileAction.Keep, "Retain Institution Identity")
        : Keeps(row.PatientCharacteristics, RetainOptions.PatientCharacteristics) ? new(ProfileAction.Keep, "Retain Patient Characteristics")
        : Keeps(row.FullDates, RetainOptions.LongitudinalFullDates) ? new(ProfileAction.Keep, "Retain Longitudinal Full Dates")
        : null;

    private bool Keeps(string code, RetainOptions option) => code == "K" && retain.HasFlag(option);

    private ProfileRule? Shifted(ProfileRow row) =>
        row.ModifiedDates == "C" && retain.HasFlag(RetainOptions.LongitudinalModifiedDates)
            ? new(ProfileAction.ShiftDate, "Retain Longitudinal Modified Dates")
            : null;

    private ProfileRule? Cleaned(ProfileRow row)
    {
        if (!cleansText)
        {
            return null;
        }

        return row.CleanDescriptors == "C" ? new(ProfileAction.CleanText, "Clean Descriptors")
            : row.DeviceIdentity == "C" && retain.HasFlag(RetainOptions.DeviceIdentity) ? new(ProfileAction.CleanText, "Retain Device Identity, cleaned")
            : row.PatientCharacteristics == "C" && retain.HasFlag(RetainOptions.PatientCharacteristics) ? new(ProfileAction.CleanText, "Retain Patient Characteristics, cleaned")
            : null;
    }

    // The IOD may require an attribute, and the table of types is not at hand: a zero length value or a dummy keeps the object
    // conformant whatever its type (PS3.15 E.1.1).
    private static ProfileRule Basic(ProfileRow row)
    {
        var action = row.Basic switch
        {
            "X" => ProfileAction.Remove,
            "Z" or "X/Z" => IsSequence(row.Tag) && row.Basic == "X/Z" ? ProfileAction.Keep : ProfileAction.Empty,
            "D" or "X/D" or "Z/D" or "X/Z/D" => ProfileAction.Dummy,
            "U" => ProfileAction.ReplaceUid,
            "K" or "X/Z/U*" => ProfileAction.Keep,
            _ => throw new InvalidOperationException($"confidentiality-profile.tsv: {row.Tag} has an unknown code"),
        };
        return new ProfileRule(action, $"{row.Source} {row.Basic}");
    }

    private static bool IsSequence(DicomTag tag) => DicomDictionary.Find(tag)?.VR == VR.SQ;

    private ProfileRule Decide(DicomTag tag)
    {
        if (tag.IsGroupLength || tag.Group is < 0x0008 or 0xFFFC || (tag.Group & 0xFF00) is 0x5000 or 0x6000)
        {
            return new(ProfileAction.Remove, "group lengths, curves, overlays, padding and foreign groups are removed");
        }

        return DicomDictionary.Find(tag) is { } entry
            ? DecideByVR(entry)
            : new(ProfileAction.Remove, "not in the data dictionary");
    }

    private ProfileRule DecideByVR(DictionaryEntry entry) => entry.VR switch
    {
        VR.PN or VR.AE or VR.UR => new(ProfileAction.Remove, "names, AE titles and addresses of resources that the table does not list"),
        VR.DA or VR.DT => DecideDate(),
        VR.UI => ClassUids.Contains(entry.Keyword) || retain.HasFlag(RetainOptions.Uids)
            ? new(ProfileAction.Keep, "not listed in table E.1-1")
            : new(ProfileAction.ReplaceUid, "a UID that may belong to an instance"),
        VR.LT or VR.ST or VR.UT or VR.UC or VR.LO or VR.SH when cleansText && NamesProduct(entry.Keyword) => new(ProfileAction.CleanKnown, "not listed in table E.1-1; names a product"),
        _ when NamesProduct(entry.Keyword) => new(ProfileAction.Keep, "not listed in table E.1-1; names a product"),
        // Short strings of the first groups are codes, kernels, coils and sequences; further on people write labels.
        VR.SH when cleansText && entry.Tag.Group > LastTechnicalGroup => new(ProfileAction.CleanText, "text that the table does not list"),
        VR.LT or VR.ST or VR.UT or VR.UC or VR.LO when cleansText => new(ProfileAction.CleanText, "text that the table does not list"),
        _ => new(ProfileAction.Keep, "not listed in table E.1-1"),
    };

    // Makers are called after people and towns: a cleaner of texts would cut their names.
    private static bool NamesProduct(string keyword) =>
        keyword.Contains("Manufacturer", StringComparison.Ordinal) || keyword.Contains("SoftwareVersion", StringComparison.Ordinal);

    private ProfileRule DecideDate() =>
        retain.HasFlag(RetainOptions.LongitudinalFullDates) ? new(ProfileAction.Keep, "Retain Longitudinal Full Dates")
        : retain.HasFlag(RetainOptions.LongitudinalModifiedDates) ? new(ProfileAction.ShiftDate, "Retain Longitudinal Modified Dates")
        : new(ProfileAction.Remove, "a date that the table does not list");

    // The second table is ours: attributes that identify as surely as those beside them that table E.1-1 lists.
    private static List<ProfileRow> LoadRows()
    {
        var rows = new List<ProfileRow>();
        AddRows(rows, "confidentiality-profile.tsv", "Basic Profile");
        AddRows(rows, "further-identifying-attributes.tsv", "identifying, though not listed in table E.1-1:");
        return rows;
    }

    private static void AddRows(List<ProfileRow> rows, string table, string source)
    {
        foreach (var cells in ResourceTable.Rows(typeof(ProfileTable).Assembly, table))
        {
            // Curves, overlays and private attributes have one row for many tags; they are decided by group.
            if (DicomTag.TryParse(cells[0], out var tag))
            {
                rows.Add(ProfileRow.Parse(cells, tag, source));
            }
        }
    }
}
