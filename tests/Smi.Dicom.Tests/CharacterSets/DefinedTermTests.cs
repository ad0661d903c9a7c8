using Smi.Dicom.CharacterSets;

namespace Smi.Dicom.Tests.CharacterSets;

public sealed class DefinedTermTests
{
    private static readonly byte[] LatinSmallEWithAcute = [0xE9];

    [Theory]
    [InlineData("ISO_IR 100")]
    [InlineData("ISO_IR 100 ")]
    [InlineData("ISO_IR_100")]
    [InlineData("ISO IR 100")]
    [InlineData("ISO-IR 100")]
    [InlineData("iso_ir 100")]
    [InlineData("ISO 2022 IR 100")]
    [InlineData("ISO_2022_IR_100")]
    [InlineData("ISO 2022-100")]
    [InlineData("ISO8859-1")]
    [InlineData("ISO_8859-1")]
    [InlineData("ISO-8859-1")]
    public void Spellings_of_Latin_1_seen_in_practice_are_understood(string term)
    {
        var characterSet = CharacterSet.FromTerms([term]);

        Assert.True(characterSet.IsKnown);
        Assert.True(characterSet.TryEncode("\u00E9", CharacterSetDelimiters.Values, out var bytes));
        Assert.Equal(LatinSmallEWithAcute, bytes);
    }

    [Theory]
    [InlineData("ISO_IR 192")]
    [InlineData("ISO 2022 IR 192")]
    [InlineData("UTF-8")]
    [InlineData("utf8")]
    public void Spellings_of_UTF_8_are_understood(string term)
    {
        var characterSet = CharacterSet.FromTerms([term]);

        Assert.True(characterSet.IsKnown);
        Assert.Equal("\u20AC", characterSet.Decode("\u20AC"u8, CharacterSetDelimiters.Values));
    }

    [Theory]
    [InlineData("ISO_IR 999")]
    [InlineData("WINDOWS-1252")]
    [InlineData("\uFFFD\0\\")]
    [InlineData("0")]
    [InlineData("ISO 8859-12")]
    public void An_unknown_term_is_read_as_UTF_8_or_Latin_1(string term)
    {
        var characterSet = CharacterSet.FromTerms([term]);

        Assert.False(characterSet.IsKnown);
        Assert.Equal("\u00E9\u20AC", characterSet.Decode("\u00E9\u20AC"u8, CharacterSetDelimiters.Values));
        Assert.Equal("\u00E9", characterSet.Decode(LatinSmallEWithAcute, CharacterSetDelimiters.Values));
        Assert.Equal("\u5C71", characterSet.Decode("\x1B$B;3\x1B(B"u8, CharacterSetDelimiters.Values));
        Assert.False(characterSet.TryEncode("\u00E9", CharacterSetDelimiters.Values, out _));
    }

    [Fact]
    public void One_unknown_term_among_known_ones_does_not_hide_them()
    {
        var characterSet = CharacterSet.FromTerms(["ISO 2022 IR 100", "ISO 2022 IR 998"]);

        Assert.False(characterSet.IsKnown);
        Assert.Equal("\u00E9", characterSet.Decode(LatinSmallEWithAcute, CharacterSetDelimiters.Values));
    }

    [Fact]
    public void Empty_values_are_the_default_repertoire()
    {
        Assert.Same(CharacterSet.Default, CharacterSet.FromTerms([]));
        Assert.Same(CharacterSet.Default, CharacterSet.FromTerms([""]));
        Assert.Same(CharacterSet.Default, CharacterSet.FromTerms(["  ", ""]));
    }

    [Fact]
    public void A_term_that_stands_alone_counts_behind_an_empty_value()
    {
        var characterSet = CharacterSet.FromTerms(["", "ISO_IR 192"]);

        Assert.Equal("\u20AC", characterSet.Decode("\u20AC"u8, CharacterSetDelimiters.Values));
    }

    [Fact]
    public void The_terms_are_kept_as_they_were_given()
    {
        Assert.Equal(["", "ISO 2022 IR 87"], CharacterSet.FromTerms(["", "ISO 2022 IR 87"]).Terms);
    }
}
