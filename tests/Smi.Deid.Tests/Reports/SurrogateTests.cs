using Smi.Deid.Text;
using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

public sealed class SurrogateTests
{
    private static readonly DeidPolicy Surrogates = Policy with { Text = new TextPolicy { Replacement = TextReplacement.Surrogates } };

    [Fact]
    public void The_patient_and_a_doctor_each_keep_one_pseudonym()
    {
        var words = DeidentifyTexts(Surrogates, "Quibbleston seen by Dr Zwibbelhorn.", "Zwibbelhorn wrote to Mr Quibbleston.").Select(text => text.TrimEnd('.').Split(' ')).ToList();
        Assert.Equal(words[0][0], words[1][^1]);
        Assert.Equal(words[0][^1], words[1][0]);
        Assert.NotEqual(words[0][0], words[0][^1]);
        Assert.Matches("^[A-Z2-7]{16}\\^?$", words[0][0]);
        Assert.Equal("seen by Dr", string.Join(' ', words[0][1..^1]));
    }

    [Fact]
    public void The_patient_in_a_text_has_the_name_of_the_header()
    {
        var file = DeidentifyFile(Report(TextItem("Quibbleston fell.")), Surrogates);
        Assert.Equal(file.GetString(Dicom.DicomTags.PatientName)?.TrimEnd('^') + " fell.", file.FindSequence(Dicom.DicomTags.ContentSequence)?.Items[0].GetString(Dicom.DicomTags.TextValue));
    }

    [Fact]
    public void Dates_keep_their_distance_and_their_notation()
    {
        var dates = DeidentifyTexts(Surrogates, "Scan 03/04/2012.", "Scan 13 April 2012.");
        var first = DateTime.ParseExact(dates[0], "'Scan 'dd/MM/yyyy'.'", null);
        var second = DateTime.ParseExact(dates[1], "'Scan 'd MMMM yyyy'.'", null);
        Assert.Equal(10, (second - first).Days);
        Assert.NotEqual(new DateTime(2012, 4, 3), first);
    }

    [Theory]
    [InlineData("03/04/2012", false, "04/04/2012")]
    [InlineData("03/04/2012", true, "03/05/2012")]
    [InlineData("30/04/2012", true, "01/05/2012")]
    [InlineData("12.1.09", false, "13.1.09")]
    [InlineData("31-DEC-2010", false, "01-JAN-2011")]
    [InlineData("December 31, 2010", false, "January 1, 2011")]
    [InlineData("20101231", false, "20110101")]
    [InlineData("May 2012", false, null)]
    [InlineData("the 3rd", false, null)]
    public void Moves_a_date_as_it_was_written(string date, bool monthFirst, string? moved) =>
        Assert.Equal(moved, DateSurrogate.Shift(date, 1, monthFirst));

    [Fact]
    public void A_date_that_cannot_be_moved_and_a_place_become_placeholders() =>
        Assert.Equal(["Seen in [DATE], lives in [PLACE]."], DeidentifyTexts(Surrogates, "Seen in May 2012, lives in Zellaryport."));

    [Fact]
    public void The_policy_says_so_in_its_fingerprint() => Assert.NotEqual(Policy.Fingerprint, Surrogates.Fingerprint);
}
