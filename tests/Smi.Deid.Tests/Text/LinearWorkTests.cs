using Smi.Deid.Identifiers;
using Smi.Deid.Text;

namespace Smi.Deid.Tests.Text;

/// <summary>The work is counted in looks at tokens, so that no machine and no load decides.</summary>
public sealed class LinearWorkTests
{
    private const int Length = 4_000;
    private const int MostLooksPerCharacter = 600;

    // Each repeated endlessly made some finder look on to the end of the text, or could.
    private static readonly string[] Units =
    [
        "A ", "A. ", "J ", "a-", "Aa-", "Mac-", "de ", "De ", "Zwib-", "Zwib, ", "1 ", "1/", "1:", "1.", "12:", "1990-", "id ", "id: ", "no ", "named ", "by ", "by: ", "Dr ", "Dr. ", "Mr Mr ", "St. ", "Zwib ", "ZWIB ",
        "Ward ", "Royal ", "Hospital ", "of Zwib ", "and ", "Zwib & ", "2 May ", "May ", "at ", "+44 ", "EH1 ", "1AB ", "Zwib Street ", "x@", "x.", "http://", "www.", "a@b.", "Smith, John ", "'s ", "O'", "'", "ninety-",
        "Lives at ", "Address: ", "tel ", "tel: 1 ", "dob ", "QX-55-1234", "QX", "Quibbleston", "Quibbleston-", "yours sincerely\n", "Re: ", "PATIENT ZWIBBEL SEEN ", "Zwib^", "(", "[", "the normal liver ",
    ];

    public static TheoryData<TextProfile> Profiles => [TextProfile.Report, TextProfile.Descriptor];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Four_times_the_text_is_four_times_the_work(TextProfile profile)
    {
        var known = CleanerFixture.Known((IdentifierKind.PatientName, "Quibbleston^Zebedee"), (IdentifierKind.PatientId, "QX-55-1234"), (IdentifierKind.Institution, "Zorvath District Hospital"));
        foreach (var unit in Units)
        {
            var one = CleanerFixture.Cleaner.LooksAt(Repeat(unit, Length), known, profile);
            var four = CleanerFixture.Cleaner.LooksAt(Repeat(unit, 4 * Length), known, profile);
            Assert.True(four <= 5 * one, $"'{unit}': {one} looks, then {four}");
            Assert.True(four <= 4L * Length * MostLooksPerCharacter, $"'{unit}': {four} looks for {4 * Length} characters");
        }
    }

    [Fact]
    public void A_hundred_reports_in_one_text_take_a_hundred_times_the_work_of_one()
    {
        var report = Benchmark.ReportGenerator.Make(7).Text + "\n";
        var one = CleanerFixture.Cleaner.LooksAt(report, KnownIdentifiers.None, TextProfile.Report);
        var hundred = CleanerFixture.Cleaner.LooksAt(Repeat(report, report.Length * 100), KnownIdentifiers.None, TextProfile.Report);
        Assert.InRange(hundred, 50 * one, 120 * one);
    }

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, length / unit.Length));
}
