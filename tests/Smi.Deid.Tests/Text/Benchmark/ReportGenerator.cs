using System.Text;
using Bogus;
using Smi.Deid.Identifiers;

namespace Smi.Deid.Tests.Text.Benchmark;

/// <summary>Writes UK and US reports about invented people; the same seed gives the same report. Names and places come from Bogus, or are made of syllables.</summary>
internal sealed class ReportGenerator
{
    private static readonly string[] UkLocales = ["en_GB", "en_GB", "en_GB", "en_IND", "pl", "en_IE", "de"];
    private static readonly string[] UsLocales = ["en_US", "en_US", "es", "fr", "it", "en_CA", "nl"];
    private static readonly string[] FacilityKinds = ["General Hospital", "Royal Infirmary", "District Hospital", "Medical Center", "Community Hospital", "Health Centre", "Memorial Hospital", "Surgery"];
    private static readonly string[] UkStreets = ["Road", "Street", "Avenue", "Terrace", "Crescent", "Lane", "Close", "Drive"];
    private readonly Faker faker;
    private readonly bool british;
    private readonly string given;
    private readonly string surname;
    private readonly DateTime birth;
    private readonly Dictionary<string, string> fixedValues = [];
    private readonly StringBuilder text = new();
    private readonly List<GeneratedSpan> spans = [];

    private readonly ReportTemplates templates;
    private readonly SyllableNames? syllables;

    private ReportGenerator(int seed, ReportTemplates templates, SyllableNames? syllables)
    {
        this.templates = templates;
        this.syllables = syllables;
        british = seed % 2 == 0;
        var locales = british ? UkLocales : UsLocales;
        faker = new Faker(locales[seed / 2 % locales.Length]) { Random = new Randomizer(seed * 7919 + 13) };
        given = GivenName();
        surname = Surname();
        birth = new DateTime(1930 + faker.Random.Int(0, 70), faker.Random.Int(1, 12), faker.Random.Int(1, 28));
        fixedValues["mrn"] = faker.Random.Replace("?#######");
        fixedValues["accession"] = faker.Random.Replace("??########");
    }

    public static GeneratedReport Make(int seed) => Make(new ReportGenerator(seed, ReportTemplates.Tuned, null), seed);

    /// <summary>Sentences that were blind once, and names made of syllables.</summary>
    public static GeneratedReport MakeSecond(int seed) => Make(new ReportGenerator(seed, ReportTemplates.Second, new SyllableNames(seed, others: false)), seed);

    /// <summary>Further sentences that were blind once, and names of other syllables.</summary>
    public static GeneratedReport MakeThird(int seed) => Make(new ReportGenerator(seed, ReportTemplates.Third, new SyllableNames(seed, others: true)), seed);

    private static GeneratedReport Make(ReportGenerator generator, int seed)
    {
        generator.WriteReport();
        return new GeneratedReport(generator.text.ToString(), generator.Known(seed), generator.spans);
    }

    /// <summary>Every third report has no header that helps.</summary>
    private KnownIdentifiers Known(int seed) => seed % 3 == 0 ? KnownIdentifiers.None : CleanerFixture.Known(
        (IdentifierKind.PatientName, $"{surname}^{given}"), (IdentifierKind.PatientId, fixedValues["mrn"]),
        (IdentifierKind.OtherId, fixedValues["accession"]), (IdentifierKind.BirthDate, birth.ToString("yyyyMMdd")));

    private void WriteReport()
    {
        Write(faker.Random.ArrayElement(british ? templates.UkHeaders : templates.UsHeaders) + "\n\n");
        for (var paragraph = 0; paragraph < 3; paragraph++)
        {
            for (var sentence = 0; sentence < 5; sentence++)
            {
                Write(faker.Random.ArrayElement(faker.Random.Bool(0.4f) ? templates.Sentences : templates.Clinical) + " ");
            }

            text.Append('\n');
        }

        Write("\n" + faker.Random.ArrayElement(templates.Footers));
    }

    private void Write(string template)
    {
        for (var position = 0; position < template.Length;)
        {
            var open = template.IndexOf('{', position);
            if (open < 0) open = template.Length;
            text.Append(template, position, open - position);
            if (open == template.Length) return;
            var close = template.IndexOf('}', open);
            WriteValue(template[(open + 1)..close]);
            position = close + 1;
        }
    }

    private void WriteValue(string kind)
    {
        var value = Value(kind);
        if (kind != "title") spans.Add(new GeneratedSpan(text.Length, value.Length, kind));
        text.Append(value);
    }

    private string Value(string kind) => kind switch
    {
        "patient" => $"{given} {surname}",
        "patient-inverted" => $"{surname.ToUpperInvariant()}, {given.ToUpperInvariant()}",
        "patient-surname" => surname,
        "staff" => $"{GivenName()} {Surname()}",
        "staff-surname" => Surname(),
        "relative" => GivenName(),
        "title" => faker.Random.ArrayElement(["Mr", "Mrs", "Ms", "Miss"]),
        "dob" => Date(birth),
        "date" => Date(faker.Date.Between(new DateTime(2005, 1, 1), new DateTime(2023, 1, 1))),
        "time" => $"{faker.Random.Int(8, 19):00}:{faker.Random.Int(0, 59):00}",
        "age" => faker.Random.Int(90, 104).ToString(),
        "chi" => birth.ToString("ddMMyy") + faker.Random.Replace("####"),
        "nhs" => faker.Random.Replace("9## ### ####"),
        "ssn" => faker.Random.Replace("5##-##-####"),
        "mrn" or "accession" => fixedValues[kind],
        "phone" => british ? faker.Random.ArrayElement([faker.Random.Replace("01### ######"), faker.Random.Replace("07### ######"), faker.Random.Replace("0131 ### ####")]) : faker.Random.ArrayElement([faker.Random.Replace("(2##) 555-####"), faker.Random.Replace("6##-555-####")]),
        "extension" => faker.Random.Replace("4####"),
        "email" => $"{faker.Random.AlphaNumeric(6)}.{faker.Random.AlphaNumeric(5)}@{faker.Random.AlphaNumeric(5)}.example.org",
        "url" => $"https://{faker.Random.AlphaNumeric(6)}.example.org/{faker.Random.AlphaNumeric(8)}",
        "address" => $"{faker.Random.Int(1, 240)} {Surname()} {faker.Random.ArrayElement(UkStreets)}",
        "postcode" => british ? faker.Random.ArrayElement(["EH", "G", "LS", "SW", "M"]) + faker.Random.Int(1, 20) + " " + faker.Random.Int(1, 9) + faker.Random.ArrayElement(["AB", "QX", "LW", "RD", "TN"]) : faker.Random.ArrayElement(["MA", "NY", "TX"]) + " " + faker.Random.Replace("1####"),
        "city-state-zip" => $"{Surname()}ville, OH {faker.Random.Replace("4####")}",
        "place" => $"{Surname()}{faker.Random.ArrayElement(["ton", "bridge", "field", "wick"])}",
        "facility" => $"{Surname()} {faker.Random.ArrayElement(FacilityKinds)}",
        "ward" => faker.Random.ArrayElement([$"Ward {faker.Random.Int(1, 60)}", $"{Surname()} Ward", $"Ward {faker.Random.Int(1, 60)}B"]),
        "serial" => faker.Random.Replace("??######"),
        "plate" => faker.Random.Replace("S?## ???").ToUpperInvariant(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

    private string Date(DateTime date) => british
        ? faker.Random.ArrayElement([date.ToString("dd/MM/yyyy"), date.ToString("dd.MM.yyyy"), date.ToString("d MMMM yyyy"), date.ToString("dd MMM yyyy"), date.ToString("dd/MM/yy"), date.ToString("yyyy-MM-dd")])
        : faker.Random.ArrayElement([date.ToString("MM/dd/yyyy"), date.ToString("M/d/yyyy"), date.ToString("MMMM d, yyyy"), date.ToString("MMM d, yyyy"), date.ToString("MM/dd/yy"), date.ToString("MM-dd-yyyy")]);

    private string GivenName() => syllables?.GivenName() ?? Latin(faker.Name.FirstName());

    private string Surname() => syllables?.Surname() ?? Latin(faker.Name.LastName());

    /// <summary>Some locales carry a title or a second name; the first word is enough.</summary>
    private static string Latin(string name) => name.Split(' ')[^1];
}
