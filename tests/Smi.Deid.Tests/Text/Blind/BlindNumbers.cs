using System.Globalization;
using Bogus;

namespace Smi.Deid.Tests.Text.Blind;

/// <summary>Dates and numbers of the blind reports in the notation of one country.</summary>
internal sealed class BlindNumbers(string country, Randomizer chance)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly string[] GermanMonths = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
    private static readonly string[] FrenchMonths = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    public string Date(DateTime day)
    {
        var th = Ordinal(day.Day);
        var own = country == "us"
            ? new[] { "MM/dd/yyyy", "M/d/yy", "MMMM d, yyyy", "MMM d, yyyy", "M-d-yy", "MM-dd-yyyy", "ddMMMyyyy", "yyyy-MM-dd", "M.d.yy" }
            : ["d MMMM yyyy", "dd/MM/yyyy", "d/M/yy", "dd.MM.yy", "dd-MMM-yyyy", "d MMM yy", "yyyy-MM-dd", "dd.MM.yyyy", "d MMM, yyyy", "dd-MM-yyyy", "yyyyMMdd"];
        return chance.Int(0, 9) switch
        {
            0 => $"{th} {day.ToString("MMMM yyyy", Invariant)}",
            1 => $"the {th} of {day.ToString("MMMM, yyyy", Invariant)}"[4..],
            2 => day.ToString(chance.ArrayElement(["d/MMM/yyyy", "yyyy/MM/dd", "d - MMM - yyyy", "ddMMMyy", "d.M.yyyy"]), Invariant),
            _ => day.ToString(chance.ArrayElement(own), Invariant),
        };
    }

    public string DateOfEurope(DateTime day) => chance.Int(0, 3) switch
    {
        0 => $"{day.Day}. {GermanMonths[day.Month - 1]} {day.Year}",
        1 => $"{day.Day} {FrenchMonths[day.Month - 1]} {day.Year}",
        2 => day.ToString("d.M.yy", Invariant),
        _ => day.ToString("dd.MM.yyyy", Invariant),
    };

    public string DayAndMonth(DateTime day) => country == "us"
        ? chance.ArrayElement([day.ToString("MMMM d", Invariant), day.ToString("MMM d", Invariant), $"{day.ToString("MMMM", Invariant)} {Ordinal(day.Day)}", day.ToString("M/d", Invariant)])
        : chance.ArrayElement([day.ToString("d MMMM", Invariant), $"{Ordinal(day.Day)} {day.ToString("MMMM", Invariant)}", $"{Ordinal(day.Day)} of {day.ToString("MMMM", Invariant)}", day.ToString("d MMM", Invariant)]);

    public string Month(DateTime day) => day.ToString(chance.ArrayElement(["MMMM yyyy", "MMM yyyy", "MM/yyyy", "MMM \\'yy", "MMM-yy", "MMMM \\o\\f yyyy"]), Invariant);

    /// <summary>The clock's part behind a date.</summary>
    public string Clock() => chance.ArrayElement([" 14:22", " @ 0915", " 08:31:07", " 2:22 PM", ", 17.40 hrs"]);

    public string Phone() => Fill(country switch
    {
        "nz" => ["(03) 4## ####", "021 ### ###", "+64 9 3## ####", "09-3## ####"],
        "au" => ["02 6### ####", "+61 3 9### ####", "04## ### ###", "(08) 8### ####"],
        "ie" => ["(071) 9## ####", "087 ### ####", "+353 1 8## ####", "01-8## ####"],
        "us" => ["(6##) 555-0###", "2##-555-0###", "4##.555.0###", "1-800-555-0###", "7##-555-0### ext. 2##", "+1 (3##) 555-01##"],
        "ca" => ["(416) 555-0###", "604-555-0###", "514 555 0###"],
        "in" => ["+91 98### #####", "0471-2######", "98########", "(0452) 2## ####"],
        "za" => ["011 4## ####", "+27 82 ### ####", "082-###-####"],
        "de" => ["+49 551 39####", "0551/39####", "(0551) 39 ## ##", "0551-39#### 12"],
        _ => ["01632 96####", "020 7946 0###", "(0131) 496 0###", "07700 900###", "+44 (0)113 496 0###", "0151-496-0###"],
    });

    public string Postcode() => Fill(country switch
    {
        "us" => ["VT 05###", "WA 98###-4###"],
        "ca" => ["K1A 0B#", "V6T 1Z#"],
        "ie" => ["F91 X4Y#"],
        "de" => ["37###"],
        "nz" or "au" or "za" => ["9##6"],
        "in" => ["6950##", "695 0##"],
        _ => ["DG6 #HX", "LL33 #QT", "W1N 4Q?"],
    });

    /// <summary>A number of the country's health service with its label, which identifies nobody.</summary>
    public (string Label, string Number) National() => country switch
    {
        "nz" => ("NHI ", Fill(["ZZ? 0###", "Z??####"])),
        "au" => ("Medicare ", Fill(["2### ##### #", "2### ##### # / 1"])),
        "ie" => ("PPS No. ", Fill(["#######?A", "#######?"])),
        "us" => ("SSN ", Fill(["9##-7#-####"])),
        "ca" => ("OHIP ", Fill(["####-###-###-??", "####-###-###"])),
        "in" => ("ABHA ", Fill(["91-####-####-####"])),
        "za" => ("ID number ", Fill(["550712#### 08 #", "550712####08#"])),
        "de" => ("KVNR ", Fill(["?#########"])),
        _ => ("NHS ", chance.ArrayElement(["943 476 5919", "9434765919", "943-476-5919"])),
    };

    public string Id() => Fill(["?######", "??-##-##-##", "40#####", "H00#####", "RVJ ######", "MR-00######", "##-##-##", "0######/11", "###-###-#?"]);

    public string Accession() => Fill(["S11-#####", "H2011/#####", "US-11-00#####", "RAD00#####", "11P0#####", "DX 4######", "E######-2"]);

    public string NumberOfEurope() => Fill(["?#########", "1 85 05 78 006 084 3#", "850709-98##", "756.1234.5678.9#"]);

    public string Device() => Fill(["RLA######S", "SN 44-8####", "MC1VR01-55####", "PJN 7#####?"]);

    public string Plate() => Fill(["KX11 Z?D", "?BC 1##", "11-D-4###", "WX-?? 4##"]);

    public string Fill(string[] patterns) => string.Concat(chance.ArrayElement(patterns).Select(sign => sign switch
    {
        '#' => (char)('0' + chance.Int(0, 9)),
        '?' => "ABCDEFGHJKLMNPRSTUWXYZ"[chance.Int(0, 21)],
        _ => sign,
    }));

    private static string Ordinal(int number) => number + (number / 10 == 1 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
