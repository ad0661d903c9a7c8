using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bogus;
using Smi.Deid.Identifiers;
using Smi.Deid.Tests.Text.Benchmark;

namespace Smi.Deid.Tests.Text.Blind;

/// <summary>Writes reports of nine countries from layouts and sentences; the same seed gives the same report. Shares no list with the detector or with the other generators.</summary>
internal sealed partial class BlindReports
{
    private const double Invented = 0.45;
    private static readonly string[] Countries = ["uk", "us", "au", "nz", "ie", "ca", "in", "za", "de"];
    private readonly BlindGrammar grammar;
    private readonly Randomizer chance;
    private readonly BlindPeople people;
    private readonly BlindNumbers numbers;
    private readonly Dictionary<char, (string Given, string Surname)> persons = [];
    private readonly string mrn;
    private readonly DateTime birth;
    private readonly StringBuilder text = new();
    private readonly List<GeneratedSpan> spans = [];

    private BlindReports(BlindGrammar grammar, BlindGrammar names, BlindGrammar places, int seed)
    {
        this.grammar = grammar;
        chance = new Randomizer(seed * 104_729 + 7);
        people = new BlindPeople(names, places, chance);
        numbers = new BlindNumbers(Countries[seed % Countries.Length], chance);
        mrn = numbers.Id();
        birth = new DateTime(1930 + chance.Int(0, 70), chance.Int(1, 12), chance.Int(1, 28));
        foreach (var letter in "pdefrqn") persons[letter] = people.Person(Invented);
        if (chance.Bool()) persons['r'] = (persons['r'].Given, persons['p'].Surname);
    }

    /// <summary>One report of the set of that name ("fourth"); every third has no header that helps.</summary>
    public static GeneratedReport Make(string set, int seed)
    {
        var reports = new BlindReports(BlindGrammar.Of(set + "-reports.txt"), BlindGrammar.Of(set + "-people.txt"), BlindGrammar.Of(set + "-places.txt"), seed);
        reports.WriteReport();
        return new GeneratedReport(reports.text.ToString(), reports.Known(seed), reports.spans);
    }

    [GeneratedRegex(@"\{(?<slot>[^{}]+)\}|\[(?<choice>[^\[\]{}]*(?:\{[^{}]+\}[^\[\]{}]*)*)\]")]
    private static partial Regex Parts();

    private KnownIdentifiers Known(int seed) => seed % 3 == 0 ? KnownIdentifiers.None : CleanerFixture.Known(
        (IdentifierKind.PatientName, $"{persons['p'].Surname}^{persons['p'].Given}"), (IdentifierKind.PatientId, mrn),
        (IdentifierKind.BirthDate, birth.ToString("yyyyMMdd", CultureInfo.InvariantCulture)));

    private void WriteReport()
    {
        var lines = grammar.Lines(chance.ArrayElement(grammar.Names("layout ")));
        foreach (var line in lines.Where(line => line != "!upper"))
        {
            Write(line);
            text.Append('\n');
        }

        if (lines[0] != "!upper") return;
        var upper = text.ToString().ToUpperInvariant();
        text.Clear().Append(upper);
    }

    private void Write(string line)
    {
        var end = 0;
        foreach (Match part in Parts().Matches(line))
        {
            text.Append(line, end, part.Index - end);
            end = part.Index + part.Length;
            if (part.Groups["choice"].Success) Write(chance.ArrayElement(part.Groups["choice"].Value.Split('|')));
            else WriteSlot(part.Groups["slot"].Value);
        }

        text.Append(line, end, line.Length - end);
    }

    private void WriteSlot(string slot)
    {
        if (slot[0] == '*') WritePool(slot[1..]);
        else if (slot is "=time" or "=country") Mark(TextBenchmark.Neutral, Plain(slot[1..]));
        else if (slot[0] == '=') text.Append(Plain(slot[1..]));
        else if (slot.Length > 1 && slot[1] == '.') WritePerson(slot[0], slot[2..]);
        else if (slot == "bed") Mark(TextBenchmark.Neutral, $"bed {chance.Int(0, 9)}");
        else if (slot == "place") WriteLandmark();
        else WriteOther(slot.TrimEnd('1', '2', '3'));
    }

    private void WritePool(string slot)
    {
        var (name, count) = (slot.Split(':')[0], int.Parse(slot.Split(':')[1], CultureInfo.InvariantCulture));
        var lines = chance.Shuffle(grammar.Lines("pool " + name)).Take(count).ToArray();
        for (var index = 0; index < lines.Length; index++)
        {
            if (index > 0) text.Append(' ');
            Write(lines[index]);
        }
    }

    private string Plain(string slot) => slot switch
    {
        "age" => $"{chance.Int(18, 89)}",
        "digit" => $"{chance.Int(0, 9)}",
        "cm" => $"{chance.Int(140, 195)}",
        "year" => $"{chance.Int(1960, 2012)}",
        "months" => $"{chance.Int(2, 30)}",
        "time" => $"{chance.Int(0, 23):00}:{chance.Int(0, 59):00}",
        "country" => chance.ArrayElement(["Ireland", "Kenya", "Poland", "Vietnam"]),
        _ => throw new InvalidOperationException(slot),
    };

    private void WritePerson(char letter, string form)
    {
        var (given, surname) = persons[letter];
        if (form == "sfx")
        {
            text.Append("FRCP");
            return;
        }

        var kind = form == "g" ? "given name" : letter switch { 'p' => "patient", 'd' or 'e' or 'f' => "doctor", _ => "other person" };
        Mark(kind, form switch
        {
            "gs" => $"{given} {surname}",
            "sg" => $"{surname}, {given}",
            "Sg" => $"{Up(surname)}, {given}",
            "S" => Up(surname),
            "s" => surname,
            "g" => given,
            "is" => $"{given[0]}. {surname}",
            "iS" => $"{given[0]} {Up(surname)}",
            "si" => $"{surname} {given[0]}",
            "SG" => $"{Up(surname)}, {Up(given)}",
            "sG" => $"{Up(surname)} {Up(given)}",
            "GS" => $"{Up(given)} {Up(surname)}",
            "sgc" => $"{surname}^{given}",
            _ => throw new InvalidOperationException(form),
        });
    }

    private void WriteOther(string slot)
    {
        switch (slot)
        {
            case "ts":
                Mark("date", numbers.Date(Day()));
                Mark(TextBenchmark.Neutral, numbers.Clock());
                break;
            case "natid":
                var (label, number) = numbers.National();
                text.Append(label);
                Mark("national number", number);
                break;
            default:
                var (kind, value) = Value(slot);
                Mark(kind, value);
                break;
        }
    }

    /// <summary>"Railway station" in small letters tells nothing once its town is gone.</summary>
    private void WriteLandmark()
    {
        var landmark = people.Word("landmarks");
        Mark("landmark", char.IsUpper(landmark[0]) ? $"{people.Town()} {landmark}" : people.Town());
        if (char.IsLower(landmark[0])) text.Append(' ').Append(landmark);
    }

    private (string Kind, string Value) Value(string slot) => slot switch
    {
        "date" => ("date", numbers.Date(Day())),
        "dob" => ("birth date", numbers.Date(birth)),
        "dateu" => ("date", numbers.DateOfEurope(Day())),
        "dm" => ("day and month", numbers.DayAndMonth(Day())),
        "my" => ("month and year", numbers.Month(Day())),
        "phone" => ("phone", numbers.Phone()),
        "fax" => ("phone", numbers.Phone()),
        "bleep" => ("phone", numbers.Fill(["1###", "4##"])),
        "pager" => ("phone", numbers.Fill(["4-1###", "3####"])),
        "mrn" => ("record number", mrn),
        "acc" => ("other number", numbers.Accession()),
        "eunum" => ("national number", numbers.NumberOfEurope()),
        "aadhaar" => ("national number", numbers.Fill(["#### #### ####"])),
        "passport" => ("other number", numbers.Fill(["5########", "P#######", "?? #######"])),
        "practice" => ("other number", numbers.Fill(["J82###"])),
        "device" => ("device", numbers.Device()),
        "plate" => ("vehicle", numbers.Plate()),
        "postcode" => ("postcode", numbers.Postcode()),
        "age90" => ("age over 89", $"{chance.Int(90, 104)}"),
        "email" => ("e-mail", $"{people.Person(1).Surname}@{chance.ArrayElement(["clinic.example", "trust.example.org"])}".ToLowerInvariant()),
        "addr" => ("street", chance.ArrayElement(["", "", "", "Flat 2, ", "Unit 3/"]) + $"{chance.Int(1, 140)} {chance.ArrayElement([people.Town(), people.Person(0).Surname])} {people.Word("streets")}"),
        "addreu" => ("street", $"{people.Person(0).Surname}{people.Word("streets-eu")} {chance.Int(1, 99)}, {numbers.Fill(["37###"])} {people.Town()}"),
        "town" => ("town", people.Town()),
        "ward" => ("ward", chance.ArrayElement([$"{people.Word("ward-names")} Ward", $"Ward {chance.Int(1, 40)}", $"{people.Word("ward-names")} Suite"])),
        "facility" => ("facility", $"{chance.ArrayElement([people.Town(), people.Word("saints")])} {people.Word("facility-ends")}"),
        "employer" => ("employer", $"{chance.ArrayElement([people.Town(), people.Person(0).Surname])} {people.Word("employers")}"),
        "pharmacy" => ("employer", $"{people.Town()} Pharmacy"),
        "school" => ("employer", $"{people.Town()} {chance.ArrayElement(["College", "High School", "Sixth Form", "Primary"])}"),
        "firm" => ("employer", $"{people.Person(0).Surname} & {people.Person(0).Surname}"),
        _ => throw new InvalidOperationException(slot),
    };

    private DateTime Day() => new DateTime(2005, 1, 1).AddDays(chance.Int(0, 5_000));

    private static string Up(string name) => name.ToUpperInvariant();

    private void Mark(string kind, string value)
    {
        spans.Add(new GeneratedSpan(text.Length, value.Length, kind));
        text.Append(value);
    }
}
