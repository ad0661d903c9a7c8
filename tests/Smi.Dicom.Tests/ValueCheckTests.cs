using CsCheck;

namespace Smi.Dicom.Tests;

public sealed class ValueCheckTests
{
    [Theory]
    [InlineData(VR.AE, "STORE_SCP 1")]
    [InlineData(VR.AS, "018M")]
    [InlineData(VR.CS, "ORIGINAL_1 A")]
    [InlineData(VR.DA, "20240229")]
    [InlineData(VR.DS, " -1.25E-03 ")]
    [InlineData(VR.DS, "1.")]
    [InlineData(VR.DT, "2024")]
    [InlineData(VR.DT, "202402+0100")]
    [InlineData(VR.DT, "20240229235960.123456-1200")]
    [InlineData(VR.IS, "-2147483648")]
    [InlineData(VR.IS, " +12 ")]
    [InlineData(VR.LO, "M\u00FCller \u5C71")]
    [InlineData(VR.LT, "a\r\n\tb\f\\c")]
    [InlineData(VR.PN, "a^b^c^d^e=\u5C71^\u7530=x")]
    [InlineData(VR.SH, "0123456789abcdef")]
    [InlineData(VR.ST, "a\\b")]
    [InlineData(VR.TM, "07")]
    [InlineData(VR.TM, "2359")]
    [InlineData(VR.TM, "070907.0705 ")]
    [InlineData(VR.UC, "\U0001F642")]
    [InlineData(VR.UI, "1.2.840.0.10008")]
    [InlineData(VR.UR, "https://example.org/a?b=%20#c")]
    [InlineData(VR.UT, "a\nb")]
    public void A_conformant_value_is_valid(VR vr, string value)
    {
        Assert.True(ValueChecks.IsValid(vr, value));
        Assert.True(ValueChecks.IsValid(vr, ""));
    }

    [Theory]
    [InlineData(VR.AE, "12345678901234567")]
    [InlineData(VR.AE, "  ")]
    [InlineData(VR.AE, "a\\b")]
    [InlineData(VR.AS, "18M")]
    [InlineData(VR.AS, "018m")]
    [InlineData(VR.CS, "lower")]
    [InlineData(VR.CS, "A-B")]
    [InlineData(VR.CS, "ABCDEFGHIJKLMNOPQ")]
    [InlineData(VR.DA, "20230229")]
    [InlineData(VR.DA, "2024.02.29")]
    [InlineData(VR.DA, "202402")]
    [InlineData(VR.DA, "2024022\u0669")]
    [InlineData(VR.DS, "1,5")]
    [InlineData(VR.DS, "NaN")]
    [InlineData(VR.DS, "0.12345678901234567")]
    [InlineData(VR.DS, " ")]
    [InlineData(VR.DT, "20240229-0000")]
    [InlineData(VR.DT, "20240229+1430")]
    [InlineData(VR.DT, "2024022")]
    [InlineData(VR.DT, "+0100")]
    [InlineData(VR.DT, "202402291")]
    [InlineData(VR.IS, "2147483648")]
    [InlineData(VR.IS, "1.0")]
    [InlineData(VR.LO, "a\\b")]
    [InlineData(VR.LO, "a\nb")]
    [InlineData(VR.LO, "a\uFFFDb")]
    [InlineData(VR.LT, "a\u001Bb")]
    [InlineData(VR.PN, "a^b^c^d^e^f")]
    [InlineData(VR.PN, "a=b=c=d")]
    [InlineData(VR.SH, "0123456789abcdefg")]
    [InlineData(VR.TM, "24")]
    [InlineData(VR.TM, "7:09")]
    [InlineData(VR.TM, "0709.5")]
    [InlineData(VR.TM, "070907.1234567")]
    [InlineData(VR.TM, "070907.")]
    [InlineData(VR.UI, "1.02.3")]
    [InlineData(VR.UI, "1..3")]
    [InlineData(VR.UI, "1.2 ")]
    [InlineData(VR.UR, " https://example.org")]
    [InlineData(VR.UR, "a\\b")]
    [InlineData(VR.UT, "a\0b")]
    [InlineData(VR.US, "1")]
    [InlineData(VR.SQ, "")]
    [InlineData(VR.None, "")]
    public void A_value_that_the_VR_does_not_allow_is_not_valid(VR vr, string value) => Assert.False(ValueChecks.IsValid(vr, value));

    [Theory]
    [InlineData(VR.LO, 64)]
    [InlineData(VR.ST, 1024)]
    [InlineData(VR.LT, 10240)]
    [InlineData(VR.PN, 64)]
    [InlineData(VR.SH, 16)]
    public void Lengths_are_counted_in_characters(VR vr, int longest)
    {
        var text = string.Concat(Enumerable.Repeat("\U0001F642", longest));

        Assert.True(ValueChecks.IsValid(vr, text));
        Assert.False(ValueChecks.IsValid(vr, text + "x"));
    }

    [Fact]
    public void Any_text_can_be_checked_for_any_VR()
    {
        Gen.Select(Gen.Enum<VR>(), Gen.String).Sample((vr, text) =>
        {
            ValueChecks.IsValid(vr, text);
        });
        Gen.Select(Gen.Enum<VR>(), Gen.String[Gen.Char["0123456789+-. "], 0, 30]).Sample((vr, text) =>
        {
            ValueChecks.IsValid(vr, text);
        });
    }
}
