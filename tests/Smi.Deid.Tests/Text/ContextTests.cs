using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using Smi.Tests;
using static Smi.Deid.Tests.Text.CleanerFixture;

namespace Smi.Deid.Tests.Text;

public sealed class ContextTests
{
    [Theory]
    [InlineData("Discussed with Dr Celandine Ogglethwaite by telephone.", "Discussed with Dr [NAME] by telephone.")]
    [InlineData("DISCUSSED WITH DR CELANDINE OGGLETHWAITE BY TELEPHONE.", "DISCUSSED WITH DR [NAME] BY TELEPHONE.")]
    [InlineData("checked with daughter Kirstibel today", "checked with daughter [NAME] today")]
    [InlineData("radiographer Debbilyn Ogglethwaite assisted", "radiographer [NAME] assisted")]
    [InlineData("drawn by Tracilee Umphrage", "drawn by [NAME]")]
    [InlineData("Patient: OGGLETHWAITE, CELANDINE\nStable", "Patient: [NAME]\nStable")]
    [InlineData("Herr Zwibbelhorn kam", "Herr [NAME] kam")]
    [InlineData("R. Zwibbelhorn consented", "[NAME] consented")]
    [InlineData("J Zwibbelhorn MD", "[NAME] MD")]
    [InlineData("resident of Port Zellary fell", "resident of [PLACE] fell")]
    [InlineData("lives at Old Zinnerhouse, Drumlarry.", "lives at [ADDRESS].")]
    [InlineData("attended from Zlova Day Unit.", "attended from [FACILITY].")]
    [InlineData("moved to Ward 27B", "moved to [FACILITY]")]
    [InlineData("performed at St Zillan's Community Hospital.", "performed at [FACILITY].")]
    [InlineData("Yours sincerely,\nCelandine Ogglethwaite\nConsultant", "Yours sincerely,\n[NAME]\nConsultant")]
    [InlineData("cc: Dr Zwibbelhorn, Mr Quillfeather", "cc: Dr [NAME], Mr [NAME]")]
    public void Finds_names_and_places_by_what_stands_beside_them(string text, string expected) => Assert.Equal(expected, Clean(text));

    [Theory]
    [InlineData("No evidence of Baker's cyst or Paget's disease.")]
    [InlineData("Hill-Sachs lesion, Bankart lesion and Colles fracture.")]
    [InlineData("Known Hodgkin lymphoma; Gleason 3+4; Bosniak IIF.")]
    [InlineData("Chiari malformation with Foley catheter and St Jude valve.")]
    [InlineData("May represent artefact. Will need follow-up for Wilson disease.")]
    [InlineData("NO EVIDENCE OF CHARCOT JOINT OR PAGET'S DISEASE.")]
    [InlineData("Reviewed at the Gleason meeting.")]
    [InlineData("On bisoprolol and warfarin, Omnipaque 350 given.")]
    [InlineData("MR knee and MS plaques; Parkinson's suspected.")]
    [InlineData("Discussed with the patient. Seen by the team in clinic.")]
    [InlineData("Glasgow Coma Scale 15. Crohn's disease of the terminal ileum.")]
    [InlineData("Fracture Clinic follow-up; Stroke Unit; Intensive Care Unit.")]
    [InlineData("The liver, spleen and kidneys are unremarkable.")]
    [InlineData("Ultrasound of the Morton's neuroma, Murphy's sign negative.")]
    public void Keeps_clinical_words(string text) => Assert.Equal(text, Clean(text));

    [Theory]
    [InlineData("AXIAL T2 FSE")]
    [InlineData("Abdomen_3phase")]
    [InlineData("CT Thorax With Contrast")]
    [InlineData("Arterial Phase Topogram")]
    [InlineData("Knee coil 8ch")]
    public void Keeps_descriptions_in_title_case(string text) => Assert.Equal(text, Cleaner.Clean(text, KnownIdentifiers.None, TextProfile.Descriptor));

    [Fact]
    public void Reads_names_through_HTML_and_keeps_the_markup() =>
        Assert.Equal("<p>Seen by Dr <b>[NAME]</b><br/>stable</p>", Clean("<p>Seen by Dr <b>Celandine O&#39;Gglethwaite</b><br/>stable</p>"));

    [Theory]
    [InlineData("&Scaron;wibbelhorn")]
    [InlineData("Zwib&#x161;elhorn")]
    [InlineData("Zwibb&iuml;lhorn")]
    public void Reads_names_through_every_entity_of_HTML(string name) =>
        Assert.Equal("<p>Seen by Dr [NAME],&nbsp;stable</p>", Clean($"<p>Seen by Dr {name},&nbsp;stable</p>"));

    [Fact]
    public void Reads_names_through_entities_where_nothing_else_is_markup() =>
        Assert.Equal("Seen by Dr [NAME] of the R&D unit", Clean("Seen by Dr Zwibb&iuml;lhorn of the R&D unit"));

    [Fact]
    public void Reads_names_through_RTF_and_keeps_the_markup() =>
        Assert.Equal(@"{\rtf1\ansi\pard Seen by Dr [NAME]\par stable}", Clean(@"{\rtf1\ansi\pard Seen by Dr Zwi\'e9bbel\par stable}"));

    [Fact]
    public void Cuts_without_placeholders_where_they_do_not_fit() =>
        Assert.Equal("GTV", Cleaner.Clean("Ng GTV", Patient("Ng^Mei"), TextProfile.Descriptor, 8));

    [Fact]
    public void A_site_folder_adds_names_and_an_unknown_file_in_it_is_an_error()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Below("places.txt"), "# ours\nzorvath\nzum alten markt\n");
        var cleaner = TextCleaner.Load(folder.Path);
        Assert.Equal("Moved in [PLACE] and [PLACE].", cleaner.Clean("Moved in Zorvath and Zum Alten Markt.", KnownIdentifiers.None));
        File.WriteAllText(folder.Below("place.txt"), "x");
        Assert.Contains("places.txt", Assert.Throws<InvalidDataException>(() => TextCleaner.Load(folder.Path)).Message, StringComparison.Ordinal);
    }
}
