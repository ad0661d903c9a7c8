using CsCheck;
using Smi.Dicom.CharacterSets;

namespace Smi.Dicom.Tests.CharacterSets;

public sealed class CharacterSetPropertyTests
{
    public static readonly TheoryData<string> AllTerms =
    [
        "", "ISO_IR 100", "ISO_IR 101", "ISO_IR 109", "ISO_IR 110", "ISO_IR 144", "ISO_IR 127", "ISO_IR 126", "ISO_IR 138",
        "ISO_IR 148", "ISO_IR 203", "ISO_IR 13", "ISO_IR 166", "ISO_IR 192", "GB18030", "GBK", @"\ISO 2022 IR 87",
        @"ISO 2022 IR 13\ISO 2022 IR 87\ISO 2022 IR 159", @"\ISO 2022 IR 149", @"\ISO 2022 IR 58", "ISO 2022 IR 149", "NONSENSE",
        @"ISO 2022 IR 100\ISO 2022 IR 101\ISO 2022 IR 144\ISO 2022 IR 126\ISO 2022 IR 87\ISO 2022 IR 149\ISO 2022 IR 58",
    ];

    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(
        Gen.Byte.Array[0, 40],
        OneOf("\x1B$()BCD\\^0\x81\xB0"u8.ToArray()).Array[0, 40]);

    [Theory]
    [MemberData(nameof(AllTerms))]
    public void What_can_be_written_is_read_back(string terms)
    {
        var characterSet = CharacterSet.FromTerms(terms.Split('\\'));
        foreach (var delimiters in Enum.GetValues<CharacterSetDelimiters>())
        {
            TextIn(characterSet, delimiters).Sample(
                text =>
                {
                    Assert.True(characterSet.TryEncode(text, delimiters, out var bytes));
                    Assert.Equal(text, characterSet.Decode(bytes, delimiters));
                },
                iter: 300);
        }
    }

    [Theory]
    [MemberData(nameof(AllTerms))]
    public void Values_joined_by_backslashes_are_split_where_they_were_joined(string terms)
    {
        var characterSet = CharacterSet.FromTerms(terms.Split('\\'));
        TextIn(characterSet, CharacterSetDelimiters.Values).Select(text => text.Replace("\\", "", StringComparison.Ordinal)).Array[1, 4].Sample(
            values =>
            {
                var bytes = characterSet.Encode(string.Join('\\', values), CharacterSetDelimiters.Values);
                var split = characterSet.SplitValues(bytes).Select(range => characterSet.Decode(bytes.AsSpan(range), CharacterSetDelimiters.Values));
                Assert.Equal(values, split);
            },
            iter: 300);
    }

    [Theory]
    [MemberData(nameof(AllTerms))]
    public void No_bytes_make_it_throw_and_no_byte_falls_between_values(string terms)
    {
        var characterSet = CharacterSet.FromTerms(terms.Split('\\'));
        AnyBytes.Sample(
            bytes =>
            {
                foreach (var delimiters in Enum.GetValues<CharacterSetDelimiters>())
                {
                    Assert.True(characterSet.Decode(bytes, delimiters).Length <= bytes.Length);
                }

                var ranges = characterSet.SplitValues(bytes);
                Assert.Equal(bytes.Length, ranges.Sum(range => range.GetOffsetAndLength(bytes.Length).Length) + ranges.Count - 1);
            },
            iter: 2000);
    }

    [Fact]
    public void Terms_of_any_kind_make_a_character_set()
    {
        Gen.String.Array[0, 4].Sample(terms => Assert.NotNull(CharacterSet.FromTerms(terms).Decode([0x1B, 0xE9], CharacterSetDelimiters.Text)));
    }

    [Theory]
    [InlineData("GBK")]
    [InlineData("GB18030")]
    public void A_second_byte_that_looks_like_a_backslash_separates_nothing(string term)
    {
        var characterSet = CharacterSet.FromTerms([term]);
        byte[] bytes = [0x81, 0x5C, 0x5C, 0x84, 0x5C];

        Assert.Equal([new Range(0, 2), new Range(3, 5)], characterSet.SplitValues(bytes));
    }

    [Fact]
    public void A_kanji_whose_code_holds_a_backslash_separates_nothing()
    {
        var characterSet = CharacterSet.FromTerms(["", "ISO 2022 IR 87"]);
        var bytes = "\x1B$B\x30\x5C\x1B(B\\x"u8;

        Assert.Equal(2, characterSet.SplitValues(bytes).Count);
    }

    private static Gen<T> OneOf<T>(T[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);

    private static Gen<string> TextIn(CharacterSet characterSet, CharacterSetDelimiters delimiters)
    {
        // Every character of the alphabets and each seventh of the rest: the large repertoires take long to list.
        var repertoire = Enumerable.Range(0, 0x10000)
            .Where(code => code < 0x1000 || code % 7 == 0)
            .Select(code => (char)code)
            .Where(character => !char.IsSurrogate(character) && characterSet.TryEncode(character.ToString(), delimiters, out _))
            .ToArray();
        var ascii = Gen.Int[0x20, 0x7D].Select(code => (char)code).Where(character => repertoire.Contains(character));
        return Gen.OneOf(OneOf(repertoire), ascii).Array[0, 20].Select(characters => new string(characters));
    }
}
