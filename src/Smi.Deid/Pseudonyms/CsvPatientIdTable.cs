using Smi.Deid.Files;

namespace Smi.Deid.Pseudonyms;

/// <summary>Patient IDs of a CSV file with the columns <c>original,replacement</c>, UTF-8. It is read whole, and checked, before the first file.</summary>
public sealed class CsvPatientIdTable : IPatientIdTable
{
    private const string Columns = "original,replacement";
    private readonly Dictionary<string, string> replacements = new(StringComparer.Ordinal);

    private CsvPatientIdTable(SiteTable table)
    {
        Description = $"csv {table.Fingerprint}";
        if (!table.Header.SequenceEqual(Columns.Split(',')))
        {
            throw table.Fault(1, $"the first line must be {Columns}");
        }

        while (table.Read())
        {
            if (table.FieldCount != table.Header.Count)
            {
                throw table.Fault("the line is not an original, a comma and a replacement");
            }

            Add(table, table.Field(0), table.Field(1).Trim());
        }

        if (replacements.Count == 0)
        {
            throw table.Fault(1, "there is no entry");
        }
    }

    public string Description { get; }

    /// <exception cref="PatientIdTableException">The file is missing, empty, no UTF-8, or has a line that says nothing or a second thing.</exception>
    public static CsvPatientIdTable Load(string path)
    {
        using var table = SiteTable.Open(path, "the table of patient IDs", Columns, message => new PatientIdTableException(message));
        return new CsvPatientIdTable(table);
    }

    public string? Find(string original) => replacements.GetValueOrDefault(PatientIdText.Fold(original));

    private void Add(SiteTable table, string original, string replacement)
    {
        if (string.IsNullOrWhiteSpace(original))
        {
            throw table.Fault("there is no original");
        }

        if (PatientIdText.Fault(replacement) is { } fault)
        {
            throw table.Fault(fault);
        }

        if (PatientIdText.Fold(original) == PatientIdText.Fold(replacement))
        {
            throw table.Fault("the replacement is the original");
        }

        if (!replacements.TryAdd(PatientIdText.Fold(original), replacement))
        {
            throw table.Fault("this original is there twice; remove one of the lines");
        }
    }
}
