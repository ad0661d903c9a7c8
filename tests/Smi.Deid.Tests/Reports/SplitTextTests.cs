using Smi.Deid.Identifiers;
using Smi.Deid.Tests.Text;
using Smi.Deid.Text;
using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

public sealed class SplitTextTests
{
    [Theory]
    [InlineData("Discussed with Dr", "Zwibbelhorn on the ward.", "Discussed with Dr", "[NAME] on the ward.")]
    [InlineData("CHI 050485", "4186 was checked.", "CHI [ID]", "[ID] was checked.")]
    [InlineData("Reviewed by Celandine", "Ogglethwaite, radiographer", "Reviewed by [NAME]", "[NAME], radiographer")]
    [InlineData("Seen on 21 May", "2010 in clinic", "Seen on [DATE]", "[DATE] in clinic")]
    [InlineData("Patient:", "Mumblecrust", "Patient:", "[NAME]")]
    public void Finds_what_one_item_begins_and_the_next_ends(string first, string second, string cleanedFirst, string cleanedSecond) =>
        Assert.Equal([cleanedFirst, cleanedSecond], DeidentifyTexts(Policy, first, second));

    [Fact]
    public void Finds_a_known_name_cut_in_the_middle_of_a_word() =>
        Assert.Equal(["The scan of [NAME]", "[NAME] shows a cyst."], DeidentifyTexts(Policy, "The scan of Quibb", "leston shows a cyst."));

    [Theory]
    [InlineData("The liver is normal", "Cholelithiasis is present")]
    [InlineData("Lesion of 12", "14 mm nodule")]
    [InlineData("No evidence of", "Hodgkin lymphoma")]
    public void Leaves_clinical_texts_that_meet(string first, string second) =>
        Assert.Equal([first, second], DeidentifyTexts(Policy, first, second));

    [Fact]
    public void Blanks_at_the_seam_do_not_move_the_cut()
    {
        string[] texts = ["Discussed with Dr ", "   Zwibbelhorn, who agreed."];
        var spans = Passages.Find(CleanerFixture.Cleaner, texts, KnownIdentifiers.None);
        Assert.Equal("   [NAME], who agreed.", TextCutter.Replace(texts[1], spans[1]));
    }
}
