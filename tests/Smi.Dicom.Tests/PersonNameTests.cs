using CsCheck;

namespace Smi.Dicom.Tests;

public sealed class PersonNameTests
{
    [Fact]
    public void Groups_and_components_are_told_apart()
    {
        var name = PersonName.Parse("Yamada^Tarou^M^Dr^PhD=\u5C71\u7530^\u592A\u90CE=\u3084\u307E\u3060^\u305F\u308D\u3046");

        Assert.Equal(
            ["Yamada", "Tarou", "M", "Dr", "PhD"],
            [name.Alphabetic.FamilyName, name.Alphabetic.GivenName, name.Alphabetic.MiddleName, name.Alphabetic.Prefix, name.Alphabetic.Suffix]);
        Assert.Equal("\u5C71\u7530", name.Ideographic.FamilyName);
        Assert.Equal("\u305F\u308D\u3046", name.Phonetic.GivenName);
    }

    [Fact]
    public void Components_that_are_not_there_are_empty()
    {
        var name = PersonName.Parse("Mueller");

        Assert.Equal("", name.Alphabetic.GivenName);
        Assert.True(name.Phonetic.IsEmpty);
        Assert.False(name.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("^^^^")]
    [InlineData("==")]
    [InlineData(" ^ ")]
    public void A_name_of_delimiters_only_is_empty(string value)
    {
        Assert.True(PersonName.Parse(value).IsEmpty);
        Assert.Equal("", PersonName.Parse(value).Format());
    }

    [Fact]
    public void A_name_in_comma_form_is_taken_apart()
    {
        var name = PersonName.Parse("Mueller, Anna Maria");

        Assert.Equal("Mueller", name.Alphabetic.FamilyName);
        Assert.Equal("Anna Maria", name.Alphabetic.GivenName);
    }

    [Fact]
    public void What_is_beyond_five_components_and_three_groups_is_kept()
    {
        var name = PersonName.Parse("a^b^c^d^e^f=g=h=i");

        Assert.Equal("f", name.Alphabetic.Components[5]);
        Assert.Equal("i", name.Groups[3].FamilyName);
        Assert.Equal("a^b^c^d^e^f=g=h=i", name.Format());
    }

    [Fact]
    public void Parsing_what_was_formatted_changes_nothing()
    {
        Gen.String[Gen.Char["ab ^=\0"], 0, 20].Sample(text =>
        {
            var once = PersonName.Parse(text).Format();
            Assert.Equal(once, PersonName.Parse(once).Format());
        });
    }
}
