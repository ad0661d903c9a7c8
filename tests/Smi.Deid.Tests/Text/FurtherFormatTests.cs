using static Smi.Deid.Tests.Text.CleanerFixture;

namespace Smi.Deid.Tests.Text;

/// <summary>Notations of further countries, and what looks like them.</summary>
public sealed class FurtherFormatTests
{
    [Theory]
    [InlineData("Seen on 26.08.05.", "Seen on [DATE].")]
    [InlineData("presented on 8.1.17 with pain", "presented on [DATE] with pain")]
    [InlineData("meeting of 4-21-12 in brief", "meeting of [DATE] in brief")]
    [InlineData("result before 3/17, please", "result before [DATE], please")]
    [InlineData("the 3/30 appointment was kept", "the [DATE] appointment was kept")]
    [InlineData("\n11 Oct 11\nM. Zwibbelhorn", "\n[DATE]\n[NAME]")]
    [InlineData("doula, 0551/394433, may attend", "doula, [PHONE], may attend")]
    [InlineData("called at 716-555-0036 ext. 237 today", "called at [PHONE] today")]
    [InlineData("van, reg KX11 ZPD, left", "van, reg [DEVICE], left")]
    [InlineData("a blue car, 11-D-4471, left", "a blue car, [DEVICE], left")]
    [InlineData("stored under US-11-0042193 today", "stored under [ID] today")]
    [InlineData("previous biopsy S11-16519 was reviewed", "previous biopsy [ID] was reviewed")]
    [InlineData("ABHA 91-7680-5557-5965 checked", "ABHA [ID] checked")]
    [InlineData("OHIP 8347-399-732-FD checked", "OHIP [ID] checked")]
    [InlineData("IP No. DX 4793796 admitted", "IP No. [ID] admitted")]
    [InlineData("PATIENT ZWIBBEL UMPHRAGE  RVJ 387081", "PATIENT [NAME]")]
    [InlineData("letter sent to Unit 3/44 Taumarunui Grove, Upper Glasby 9376.", "letter sent to [ADDRESS].")]
    [InlineData("wohnhaft Aaltonenallee 7, 37122 Brackness", "wohnhaft [ADDRESS]")]
    [InlineData("She turned 94 in May.", "She turned [AGE] in May.")]
    public void Finds_what_other_countries_write(string text, string expected) => Assert.Equal(expected, Clean(text));

    [Theory]
    [InlineData("software version 3.1.12 was used")]
    [InlineData("3.1.12 Findings of the study")]
    [InlineData("doses of 10-20-40 mg daily")]
    [InlineData("3/17 nodes were positive")]
    [InlineData("made to ISO-13485 and IEC 60601")]
    [InlineData("Mayo 1 in the rectum, Montreal E1")]
    [InlineData("CT 4302 slices, MR 3 series")]
    public void Leaves_versions_standards_and_fractions_alone(string text) => Assert.Equal(text, Clean(text));
}
