using System.Globalization;
using Smi.Dicom;
using Smi.Dicom.CharacterSets;

namespace Smi.Deid.Samples;

/// <summary>An invented patient, with the hospital that made the images. Has no printing ToString, like a real one.</summary>
internal sealed class SamplePatient
{
    private SamplePatient(string[] row, int seed)
    {
        var random = new SampleRandom(seed, row[0]);
        Key = row[0];
        Terms = row[1];
        CharacterSet = CharacterSet.FromTerms(row[1].Split('\\'));
        Name = row[2];
        BurnedInName = row[3];
        Sex = row[4];
        Born = new DateOnly(int.Parse(row[5], CultureInfo.InvariantCulture), 1, 1).AddDays(random.Next(0, 365));
        Size = row[6];
        Weight = row[7];
        Address = row[8];
        Telephone = row[9];
        Institution = row[10];
        InstitutionAddress = row[11];
        Referring = row[12];
        Performing = row[13];
        Operator = row[14];
        Id = random.Digits(10);
        OtherId = "NH" + random.Digits(8);
    }

    public string Key { get; }

    /// <summary>The value of Specific Character Set.</summary>
    public string Terms { get; }

    public CharacterSet CharacterSet { get; }

    public string Name { get; }

    /// <summary>The name in Latin capitals, as machines burn it into images.</summary>
    public string BurnedInName { get; }

    public string Sex { get; }

    public DateOnly Born { get; }

    public string Size { get; }

    public string Weight { get; }

    public string Address { get; }

    public string Telephone { get; }

    public string Institution { get; }

    public string InstitutionAddress { get; }

    public string Referring { get; }

    public string Performing { get; }

    public string Operator { get; }

    public string Id { get; }

    public string OtherId { get; }

    /// <summary>The name as a sentence has it: given name, family name, of the group in the script of the country.</summary>
    public string SpokenName => Spoken(Name);

    public static string Spoken(string name)
    {
        var parsed = PersonName.Parse(name);
        var group = parsed.Ideographic.IsEmpty ? parsed.Alphabetic : parsed.Ideographic;
        return $"{group.GivenName} {group.FamilyName}".Trim();
    }

    public static IReadOnlyList<SamplePatient> All(int seed) =>
        [.. ResourceTable.Rows(typeof(SamplePatient).Assembly, "sample-patients.tsv").Select(row => new SamplePatient(row, seed))];
}
