using System.Text;
using Smi.Dicom.CharacterSets;

namespace Smi.Dicom.Tests.CharacterSets;

public sealed class CharacterSetTests
{
    [Theory]
    [InlineData("ISO_IR 100", "Buc^J\u00E9r\u00F4me", "4275635E4AE972F46D65")]
    [InlineData("ISO_IR 101", "Wa\u0142\u0119sa", "5761B3EA7361")]
    [InlineData("ISO_IR 109", "\u0126al", "A1616C")]
    [InlineData("ISO_IR 110", "\u0136alni\u0146\u0161", "D3616C6E69F1B9")]
    [InlineData("ISO_IR 144", "\u041B\u044E\u043ace\u043C\u0431yp\u0433", "BBEEDA6365DCD17970D3")]
    [InlineData("ISO_IR 127", "\u0642\u0628\u0627\u0646\u064A", "E2C8C7E6EA")]
    [InlineData("ISO_IR 126", "\u0394\u03B9\u03BF\u03BD\u03C5\u03C3\u03B9\u03BF\u03C2", "C4E9EFEDF5F3E9EFF2")]
    [InlineData("ISO_IR 138", "\u05E9\u05E8\u05D5\u05DF", "F9F8E5EF")]
    [InlineData("ISO_IR 148", "\u00C7avu\u015Fo\u011Flu", "C7617675FE6FF06C75")]
    [InlineData("ISO_IR 203", "Prix 5 \u20AC", "50726978203520A4")]
    [InlineData("ISO_IR 166", "\u0E2A\u0E21\u0E0A\u0E32\u0E22", "CAC1AAD2C2")]
    [InlineData("ISO_IR 13", "\uFF94\uFF8F\uFF80\uFF9E", "D4CFC0DE")]
    [InlineData("ISO_IR 192", "\u738B^\u5C0F\u4E1C", "E78E8B5EE5B08FE4B89C")]
    [InlineData("GB18030", "\u738B^\u5C0F\u4E1C", "CDF55ED0A1B6AB")]
    [InlineData("GBK", "\u738B^\u5C0F\u4E1C", "CDF55ED0A1B6AB")]
    public void Each_term_without_code_extensions_reads_and_writes_its_script(string term, string text, string hexadecimal)
    {
        var characterSet = CharacterSet.FromTerms([term]);
        var bytes = Convert.FromHexString(hexadecimal);

        Assert.True(characterSet.IsKnown);
        Assert.Equal(text, characterSet.Decode(bytes, CharacterSetDelimiters.PersonName));
        Assert.True(characterSet.TryEncode(text, CharacterSetDelimiters.PersonName, out var written));
        Assert.Equal(hexadecimal, Convert.ToHexString(written));
    }

    // PS3.5 annexes H, I and K.
    [Theory]
    [InlineData(@"\ISO 2022 IR 87", "Yamada^Tarou=\u5C71\u7530^\u592A\u90CE=\u3084\u307E\u3060^\u305F\u308D\u3046",
        "Yamada^Tarou=~$B;3ED~(B^~$BB@O:~(B=~$B$d$^$@~(B^~$B$?$m$&~(B")]
    [InlineData(@"ISO 2022 IR 13\ISO 2022 IR 87", "\uFF94\uFF8F\uFF80\uFF9E^\uFF80\uFF9B\uFF73=\u5C71\u7530^\u592A\u90CE",
        "\u00D4\u00CF\u00C0\u00DE^\u00C0\u00DB\u00B3=~$B;3ED~(J^~$BB@O:~(J")]
    [InlineData(@"\ISO 2022 IR 149", "Hong^Gildong=\u6D2A^\u5409\u6D1E=\uD64D^\uAE38\uB3D9",
        "Hong^Gildong=~$)C\u00FB\u00F3^~$)C\u00D1\u00CE\u00D4\u00D7=~$)C\u00C8\u00AB^~$)C\u00B1\u00E6\u00B5\u00BF")]
    [InlineData(@"\ISO 2022 IR 58", "Zhang^XiaoDong=\u5F20^\u5C0F\u4E1C=",
        "Zhang^XiaoDong=~$)A\u00D5\u00C5^~$)A\u00D0\u00A1\u00B6\u00AB=")]
    [InlineData(@"ISO 2022 IR 100\ISO 2022 IR 144", "J\u00E9r\u00F4me^\u041B\u044E\u0431^x",
        "J\u00E9r\u00F4me^~-L\u00BB\u00EE\u00D1~-A^x")]
    public void The_standards_examples_of_code_extensions_read_and_write(string terms, string text, string withTildeForEscape)
    {
        var characterSet = CharacterSet.FromTerms(terms.Split('\\'));
        var bytes = Encoding.Latin1.GetBytes(withTildeForEscape.Replace('~', '\x1B'));

        Assert.Equal(text, characterSet.Decode(bytes, CharacterSetDelimiters.PersonName));
        Assert.Equal(bytes, characterSet.Encode(text, CharacterSetDelimiters.PersonName));
    }

    [Fact]
    public void JIS_X_0212_is_not_read_as_JIS_X_0208()
    {
        var characterSet = CharacterSet.FromTerms(["", "ISO 2022 IR 87", "ISO 2022 IR 159"]);

        var first = characterSet.Decode("\x1B$B\x30\x21\x1B(B"u8, CharacterSetDelimiters.Values);
        var second = characterSet.Decode("\x1B$(D\x30\x21\x1B(B"u8, CharacterSetDelimiters.Values);

        Assert.Equal("\u4E9C", first);
        Assert.Equal("\u4E02", second);
        Assert.Equal("\x1B$(D\x30\x21\x1B(B"u8, characterSet.Encode("\u4E02", CharacterSetDelimiters.Values));
    }

    [Fact]
    public void JIS_X_0201_has_a_yen_sign_and_an_overline_where_ASCII_has_backslash_and_tilde()
    {
        var characterSet = CharacterSet.FromTerms(["ISO_IR 13"]);

        Assert.Equal("\u00A5100\u203E", characterSet.Decode(@"\100~"u8, CharacterSetDelimiters.Text));
        Assert.Equal(@"\100~"u8, characterSet.Encode("\u00A5100\u203E", CharacterSetDelimiters.Text));
    }

    [Fact]
    public void A_yen_sign_is_not_written_where_its_code_would_separate_values()
    {
        var characterSet = CharacterSet.FromTerms(["ISO_IR 13"]);

        Assert.Equal(@"a\b", characterSet.Decode(@"a\b"u8, CharacterSetDelimiters.Values));
        Assert.False(characterSet.TryEncode("\u00A5", CharacterSetDelimiters.Values, out _));
    }

    [Theory]
    [InlineData("\u5C71\r\n;3", "~$B;3\r\n;3")]
    [InlineData("\u5C71\t;3", "~$B;3\t;3")]
    [InlineData("\u5C71\f;3", "~$B;3\f;3")]
    public void Control_characters_bring_back_the_sets_of_value_1(string text, string withTildeForEscape)
    {
        var bytes = Encoding.Latin1.GetBytes(withTildeForEscape.Replace('~', '\x1B'));

        Assert.Equal(text, CharacterSet.FromTerms(["", "ISO 2022 IR 87"]).Decode(bytes, CharacterSetDelimiters.Text));
    }

    [Fact]
    public void Delimiters_bring_back_G1_of_value_1()
    {
        var characterSet = CharacterSet.FromTerms(["ISO 2022 IR 100", "ISO 2022 IR 144"]);

        var text = characterSet.Decode("\x1B-L"u8.ToArray().Concat(new byte[] { 0xBB, (byte)'^', 0xE9 }).ToArray(), CharacterSetDelimiters.PersonName);

        Assert.Equal("\u041B^\u00E9", text);
    }

    [Fact]
    public void A_caret_is_text_outside_person_names()
    {
        var characterSet = CharacterSet.FromTerms(["ISO 2022 IR 100", "ISO 2022 IR 144"]);

        var text = characterSet.Decode([0x1B, (byte)'-', (byte)'L', 0xBB, (byte)'^', 0xEE], CharacterSetDelimiters.Values);

        Assert.Equal("\u041B^\u044E", text);
    }

    [Fact]
    public void Korean_text_whose_escape_sequence_is_not_repeated_after_a_delimiter_is_still_read()
    {
        var characterSet = CharacterSet.FromTerms(["", "ISO 2022 IR 149"]);

        var text = characterSet.Decode([0x1B, (byte)'$', (byte)')', (byte)'C', 0xFB, 0xF3, (byte)'^', 0xD1, 0xCE], CharacterSetDelimiters.PersonName);

        Assert.Equal("\u6D2A^\u5409", text);
    }

    [Fact]
    public void An_escape_sequence_that_was_not_declared_is_followed()
    {
        Assert.Equal("\u5C71", CharacterSet.Default.Decode("\x1B$B;3\x1B(B"u8, CharacterSetDelimiters.Values));
    }

    [Fact]
    public void An_unknown_escape_sequence_becomes_a_replacement_character()
    {
        Assert.Equal("a\uFFFD%9b", CharacterSet.Default.Decode("a\x1B%9b"u8, CharacterSetDelimiters.Values));
    }

    [Fact]
    public void Bytes_above_7F_are_not_lost_where_nothing_is_declared()
    {
        Assert.Equal("M\u00FCller", CharacterSet.Default.Decode([(byte)'M', 0xFC, .. "ller"u8], CharacterSetDelimiters.Values));
        Assert.True(CharacterSet.Default.IsKnown);
        Assert.False(CharacterSet.Default.TryEncode("M\u00FCller", CharacterSetDelimiters.Values, out _));
    }

    [Fact]
    public void What_cannot_be_represented_becomes_a_question_mark()
    {
        var characterSet = CharacterSet.FromTerms(["ISO_IR 100"]);

        Assert.False(characterSet.TryEncode("\u0141\u00F3d\u017A", CharacterSetDelimiters.Values, out var none));
        Assert.Empty(none);
        Assert.Equal([(byte)'?', 0xF3, (byte)'d', (byte)'?', (byte)'?'], characterSet.Encode("\u0141\u00F3d\u017A\U0001F642", CharacterSetDelimiters.Values));
    }

    [Fact]
    public void A_half_surrogate_is_not_written_as_UTF_8()
    {
        var characterSet = CharacterSet.FromTerms(["ISO_IR 192"]);

        Assert.False(characterSet.TryEncode("a\uD800", CharacterSetDelimiters.Values, out _));
        Assert.Equal("a?"u8, characterSet.Encode("a\uD800", CharacterSetDelimiters.Values));
    }

    [Fact]
    public void Undecodable_bytes_become_replacement_characters()
    {
        Assert.Equal("a\uFFFDb", CharacterSet.FromTerms(["ISO_IR 192"]).Decode([(byte)'a', 0xFF, (byte)'b'], CharacterSetDelimiters.Values));
        Assert.Equal("a\uFFFDb", CharacterSet.FromTerms(["GBK"]).Decode([(byte)'a', 0xFF, (byte)'b'], CharacterSetDelimiters.Values));
        Assert.Equal("\uFFFD", CharacterSet.FromTerms(["ISO_IR 127"]).Decode([0xA1], CharacterSetDelimiters.Values));
        Assert.Equal("\uFFFD", CharacterSet.FromTerms(["", "ISO 2022 IR 149"]).Decode([0xFB], CharacterSetDelimiters.Values));
    }
}
