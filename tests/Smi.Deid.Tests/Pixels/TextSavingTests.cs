using Smi.Deid.Identifiers;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Reading;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Tests.Pixels;

public sealed class TextSavingTests
{
    private static readonly OcrAllowList Allowed = OcrAllowList.Parse("list", ["(?i)(ap ?)?erect", "PORT", "L[0-9]"]);
    private static readonly PixelBox Place = new(10, 10, 60, 20);

    [Theory]
    [InlineData("AP Erect", 95, true, true)]
    [InlineData("AP Erect Doe", 95, true, false)]
    [InlineData("AP Erect", 79, true, false)]
    [InlineData("AP Erect", 95, false, false)]
    [InlineData("", 95, true, false)]
    public void Keeps_only_what_is_read_surely_as_a_whole_and_allowed_as_a_whole(string text, double confidence, bool isComplete, bool stays)
    {
        var reader = new FakeReader((Place, text)) { Confidence = confidence, IsComplete = isComplete };

        Assert.Equal(stays, Assert.Single(Decide(reader, KnownIdentifiers.None, Place)));
    }

    [Theory]
    [InlineData("PORT", "PORT^John")]
    [InlineData("L5", "IS^Ann")]
    [InlineData("erect", "Erect Medical Centre")]
    [InlineData("erect", "Erert^Ann")]
    [InlineData("erect", "Erec^Ann")]
    [InlineData("aperect", "Erect^Ann")]
    public void Keeps_no_word_of_what_is_known_of_the_patient_whatever_the_list_says(string text, string known)
    {
        var identifier = new KnownIdentifier { Kind = IdentifierKind.PatientName, Value = known, Source = DicomTags.PatientName };

        Assert.False(Assert.Single(Decide(new FakeReader((Place, text)), new KnownIdentifiers([identifier]), Place)));
    }

    [Theory]
    [InlineData("erect", "Smithson^Ann")]
    [InlineData("PORT", "Pat^Po")]
    public void Keeps_an_allowed_text_that_is_no_word_of_what_is_known(string text, string known)
    {
        var identifier = new KnownIdentifier { Kind = IdentifierKind.PatientName, Value = known, Source = DicomTags.PatientName };

        Assert.True(Assert.Single(Decide(new FakeReader((Place, text)), new KnownIdentifiers([identifier]), Place)));
    }

    [Fact]
    public void Blanks_an_allowed_text_beside_one_that_is_blanked_and_keeps_one_further_away()
    {
        var (near, far) = (new PixelBox(64, 10, 90, 20), new PixelBox(10, 60, 60, 70));
        var reader = new FakeReader((Place, "DOE"), (near, "PORT"), (far, "PORT"));

        Assert.Equal([false, false, true], Decide(reader, KnownIdentifiers.None, Place, near, far));
    }

    private static bool[] Decide(ITextReader reader, KnownIdentifiers known, params PixelBox[] boxes) =>
        new TextSaving(reader, Allowed, 80).Decide(GrayImage.FromBytes(100, 100, new byte[10000]), boxes, known);

    private sealed class FakeReader(params (PixelBox Box, string Text)[] texts) : ITextReader
    {
        public double Confidence { get; init; } = 95;

        public bool IsComplete { get; init; } = true;

        public ReadText Read(GrayImage picture, PixelBox box) =>
            new() { Text = texts.Single(text => text.Box == box).Text, Confidence = Confidence, IsComplete = IsComplete };
    }
}
