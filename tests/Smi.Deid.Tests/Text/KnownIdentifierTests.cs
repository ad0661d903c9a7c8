using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using static Smi.Deid.Tests.Text.CleanerFixture;

namespace Smi.Deid.Tests.Text;

public sealed class KnownIdentifierTests
{
    [Theory]
    [InlineData("Quibbleston^Zebedee", "seen with zebedee quibbleston today", "seen with [NAME] today")]
    [InlineData("Quibbleston^Zebedee", "QUIBBLESTON ATTENDED", "[NAME] ATTENDED")]
    [InlineData("Quibbleston^Zebedee", "Z. Quibbleston consented", "[NAME] consented")]
    [InlineData("Quibbleston^Zebedee", "Scan of Quibblestno repeated", "Scan of [NAME] repeated")]
    [InlineData("Quibbleston^Zebedee", "GTV_Quibbleston", "GTV_[NAME]")]
    [InlineData("Quibbleston^Zebedee", "Quibbleston's knee", "[NAME]'s knee")]
    [InlineData("Quibbleston^Zebedee", "Quibb1est0n, chest", "[NAME], chest")]
    [InlineData("Vorst-Haagen^Ottilie", "re Vorst Haagen knee", "re [NAME] knee")]
    [InlineData("Vorst-Haagen^Ottilie", "VORSTHAAGEN KNEE", "[NAME] KNEE")]
    [InlineData("Grünhagel^Jürgen", "Gruenhagel attended", "[NAME] attended")]
    [InlineData("Grünhagel^Jürgen", "GRUNHAGEL ATTENDED", "[NAME] ATTENDED")]
    [InlineData("van der Zweep^Aart", "knee of van der Zweep", "knee of [NAME]")]
    [InlineData("Zweep^William", "known to Bill for years", "known to [NAME] for years")]
    [InlineData("Hwang^Jiwoo=황^지우=황^지우", "환자 황지우 내원", "환자 [NAME] 내원")]
    [InlineData("Ng^Mei", "Dr saw Ng today", "Dr saw [NAME] today")]
    public void Finds_the_name_of_the_header_however_it_is_written(string name, string text, string expected) =>
        Assert.Equal(expected, Cleaner.Clean(text, Patient(name), TextProfile.Descriptor));

    [Theory]
    [InlineData("Brown^May", "May represent artefact", "May represent artefact")]
    [InlineData("Brown^May", "No brown fat seen", "No brown fat seen")]
    [InlineData("Brown^May", "May Brown attended", "[NAME] attended")]
    [InlineData("Brown^May", "spoke with Mrs Brown", "spoke with Mrs [NAME]")]
    [InlineData("Will^George", "Will need follow-up", "Will need follow-up")]
    [InlineData("Parkinson^Iris", "Mrs Parkinson fell", "Mrs [NAME] fell")]
    [InlineData("Ng^Mei", "NG tube in place", "NG tube in place")]
    public void Leaves_words_that_only_look_like_the_name(string name, string text, string expected) =>
        Assert.Equal(expected, Cleaner.Clean(text, Patient(name)));

    /// <summary>Verification looks for the word and would empty the whole text.</summary>
    [Theory]
    [InlineData("Parkinson^Iris", "known Parkinson's disease", "known [NAME]'s disease")]
    [InlineData("Frost^Iris", "skin cold as frost", "skin cold as [NAME]")]
    public void Cuts_every_word_that_verification_looks_for(string name, string text, string expected) =>
        Assert.Equal(expected, Cleaner.Clean(text, Patient(name)));

    [Theory]
    [InlineData("0504854186", "CHI 050485 4186 checked")]
    [InlineData("H5471447", "number H-547-1447 checked")]
    [InlineData("H5471447", "number 5471447 checked")]
    [InlineData("ab-12/9", "folder AB129 checked")]
    [InlineData("0504854186", "uid 1.2.826.0504854186.3 checked")]
    public void Finds_an_id_with_and_without_separators(string id, string text)
    {
        var cleaned = Cleaner.Clean(text, Known((IdentifierKind.PatientId, id)));
        Assert.EndsWith("[ID] checked", cleaned, StringComparison.Ordinal);
        Assert.DoesNotContain("4186", cleaned, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_take_a_measurement_for_a_short_id() =>
        Assert.Equal("lesion of 12 mm", Cleaner.Clean("lesion of 12 mm", Known((IdentifierKind.PatientId, "12"))));

    [Theory]
    [InlineData("19720722", "220772")]
    [InlineData("19720722", "22071972")]
    [InlineData("19720722", "07/22/72")]
    public void Finds_the_birth_date_in_compact_notations(string birth, string written) =>
        Assert.Equal("[DATE] repeat", Cleaner.Clean($"{written} repeat", Known((IdentifierKind.BirthDate, birth))));

    [Fact]
    public void Finds_each_part_of_a_known_address() =>
        Assert.Equal("came from [ADDRESS] today, not [ADDRESS]", Cleaner.Clean("came from Larkholm today, not Old Zinnerhouse", Known((IdentifierKind.Address, "Old Zinnerhouse, Larkholm, EH99 7QX"))));

    [Fact]
    public void Finds_a_known_institution_and_its_telling_word() =>
        Assert.Equal("MRI knee ([FACILITY]), [FACILITY] images", Cleaner.Clean("MRI knee (Zorvath District Hospital), Zorvath images", Known((IdentifierKind.Institution, "Zorvath District Hospital")), TextProfile.Descriptor));

    [Fact]
    public void A_name_learned_from_context_is_found_elsewhere_in_the_text() =>
        Assert.Equal("Dr [NAME] called. [NAME] agreed.", Clean("Dr Zwibbelhorn called. Zwibbelhorn agreed."));
}
