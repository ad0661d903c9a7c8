using static Smi.Deid.Tests.Text.CleanerFixture;

namespace Smi.Deid.Tests.Text;

public sealed class FormatTests
{
    [Theory]
    [InlineData("22/07/1972")]
    [InlineData("22.7.1972")]
    [InlineData("22-07-72")]
    [InlineData("1972-07-22")]
    [InlineData("07/22/1972")]
    [InlineData("19720722")]
    [InlineData("26 Aug 2005")]
    [InlineData("26th of August 2005")]
    [InlineData("August 26, 2005")]
    [InlineData("26-Aug-05")]
    [InlineData("26Aug2005")]
    [InlineData("Monday 12 May")]
    [InlineData("12. März 2010")]
    [InlineData("3 de mayo de 2011")]
    [InlineData("07/2011")]
    public void Finds_a_date(string date) => Assert.Equal("Seen: [DATE], stable", Clean($"Seen: {date}, stable"));

    [Theory]
    [InlineData("14 x 9 mm at L4/5, series 3 image 45")]
    [InlineData("BP 120/80, eGFR 78, T2 and C6-7")]
    [InlineData("4.4 x 2.5 x 3.4 cm")]
    [InlineData("grade 3/4, 2 of 12 nodes")]
    [InlineData("Gleason 3+4 since 2005")]
    [InlineData("This may 2 be seen")]
    [InlineData("Tc99m 600 MBq, 18F-FDG")]
    [InlineData("platelets 250000, ratio 1:2")]
    [InlineData("cyst at the 10:00 position")]
    [InlineData("the 88-year-old man")]
    [InlineData("C5/6 disc, S1 root")]
    [InlineData("dose 12.5 mSv, DLP 1234.56")]
    public void Leaves_measurements_alone(string text) => Assert.Equal(text, Clean(text));

    [Theory]
    [InlineData("call 0131 496 0294 now", "call [PHONE] now")]
    [InlineData("call +44 131 496 0294 now", "call [PHONE] now")]
    [InlineData("call (617) 555-0123 now", "call [PHONE] now")]
    [InlineData("bleep 4321 now", "bleep [PHONE] now")]
    [InlineData("to a.b-c@mail.example.org please", "to [EMAIL] please")]
    [InlineData("see https://example.org/x?id=3 there", "see [URL] there")]
    [InlineData("NHS No 999 568 7054 seen", "NHS No [ID] seen")]
    [InlineData("SSN 078-05-1120 seen", "SSN [ID] seen")]
    [InlineData("accession A98735214 replaces", "accession [ID] replaces")]
    [InlineData("host 192.168.17.4 used", "host [DEVICE] used")]
    [InlineData("serial number XK-2231 used", "serial number [DEVICE] used")]
    [InlineData("uid 1.2.840.113619.2.5.17 used", "uid [ID] used")]
    [InlineData("at 3/2 Quarrydale Wynd, EH99 7QX today", "at [ADDRESS] today")]
    [InlineData("at 221 Elm Street, Apt 4B today", "at [ADDRESS] today")]
    [InlineData("in Boston, MA 02115 today", "in [ADDRESS] today")]
    [InlineData("a 94-year-old man", "a [AGE]-year-old man")]
    [InlineData("aged 101 then", "aged [AGE] then")]
    [InlineData("seen at 14:32 hrs", "seen at [TIME]")]
    [InlineData("seen 2010-05-22T14:32:05 here", "seen [DATE]:[TIME] here")]
    public void Finds_what_its_form_gives_away(string text, string expected) => Assert.Equal(expected, Clean(text));

    [Fact]
    public void Cleaning_twice_changes_nothing_more()
    {
        var once = Clean("Dr Zwibbelhorn saw Mrs Quill on 22/07/2011 at Zorvath General Hospital (0131 496 0294).");
        Assert.Equal(once, Clean(once));
    }

    [Fact]
    public void Ten_megabytes_are_cleaned_in_linear_time()
    {
        var text = string.Concat(Enumerable.Repeat("Dr Zwibbelhorn saw the knee on 22/07/2011; no effusion. ((((1.1.1.1.1 @@@@ -----", 20_000));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Clean(text);
        var first = watch.Elapsed;
        watch.Restart();
        Clean(string.Concat(text, text, text, text));
        Assert.True(watch.Elapsed < first * 12 + TimeSpan.FromSeconds(1), $"{first} then {watch.Elapsed}");
    }
}
