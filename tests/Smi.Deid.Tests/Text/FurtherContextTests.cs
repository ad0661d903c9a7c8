using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using static Smi.Deid.Tests.Text.CleanerFixture;

namespace Smi.Deid.Tests.Text;

/// <summary>Names by what stands beside them in letters, lists and notes, and terms and products that stand where names do.</summary>
public sealed class FurtherContextTests
{
    [Theory]
    [InlineData("…stable.\nZwibbel / van der Umphrage (SpR)\n", "…stable.\n[NAME] / [NAME] (SpR)\n")]
    [InlineData("1) OBLZWIB, Umphra   left knee", "1) [NAME]   left knee")]
    [InlineData("Discussed with C. Ní-Zwibhriain today", "Discussed with [NAME] today")]
    [InlineData("Review by Min-Zwib Umphrage on the ward", "Review by [NAME] on the ward")]
    [InlineData("He was discussed with Dr\nZwibbelhorn on the ward", "He was discussed with Dr\n[NAME] on the ward")]
    [InlineData("She was seen at Queen Zwibbel Base Hospital today.", "She was seen at [FACILITY] today.")]
    [InlineData("Admitted to Our Lady of Zwibb Surgery.", "Admitted to [FACILITY].")]
    [InlineData("The script was left at Zwibbury General.", "The script was left at [FACILITY].")]
    [InlineData("The result was phoned through on Discovery Ward.", "The result was phoned through on [FACILITY].")]
    [InlineData("Zwibbury Hospital\nUmphragemere\n", "[FACILITY]\n[PLACE]\n")]
    [InlineData("The family moved from van der Zwibbury last year.", "The family moved from [PLACE] last year.")]
    [InlineData("Cycling near Zwibbury Golf Club when hit.", "Cycling near [PLACE] when hit.")]
    public void Finds_names_places_and_institutions(string text, string expected) => Assert.Equal(expected, Clean(text));

    [Theory]
    [InlineData("Kernig and Brudzinski signs are absent.")]
    [InlineData("Ziehl-Neelsen, Grocott and Perls stains are negative.")]
    [InlineData("There is a left Bennett and a small Monro haemorrhage.")]
    [InlineData("A Foley was placed.")]
    [InlineData("No vegetation by Duke criteria; Ottawa rules positive.")]
    [InlineData("Prague C2M4, Stanford A not seen.")]
    [InlineData("Lovenox was bridged to Coumadin; home with Augmentin Duo Forte.")]
    [InlineData("He is on Qzwibol and well; Umphrabril 40 mg daily.")]
    [InlineData("Perfusion processed with ZwibAI.")]
    [InlineData("Emigrated from Kenya as a child; no MR. Prior surgery.")]
    public void Keeps_terms_products_and_countries(string text) => Assert.Equal(text, Clean(text));

    [Theory]
    [InlineData("MRI brain Umphragescu", "MRI brain [NAME]")]
    [InlineData("Zwibbelhornson: MRI pituitary", "[NAME]: MRI pituitary")]
    [InlineData("US thyroid (Guledsson F)", "US thyroid ([NAME])")]
    [InlineData("RT plan breast L", "RT plan breast L")]
    [InlineData("CT for Dr Young-Mi Zwib", "CT for Dr [NAME]")]
    [InlineData("RSNA phantom, Picker, MR", "RSNA phantom, Picker, MR")]
    [InlineData("Hip MARS implant", "Hip MARS implant")]
    public void Finds_names_in_short_texts(string text, string expected) => Assert.Equal(expected, Cleaner.Clean(text, KnownIdentifiers.None, TextProfile.Descriptor));
}
