using Bogus;
using Smi.Deid.Tests.Text.Descriptors;

namespace Smi.Deid.Tests.Text.Blind;

/// <summary>Names in short attributes: of the lists of the blind reports, or made in their way. Nothing is known from a header.</summary>
public sealed class BlindDescriptorTests(ITestOutputHelper output)
{
    private const int Texts = 2_000;
    private static readonly string[] Sets = ["fourth", "fifth", "sixth"];

    [Theory]
    [InlineData("blind-descriptors.txt", 11)]
    [InlineData("blind-descriptors-two.txt", 100_003)]
    public void Cuts_names_from_short_texts_that_nobody_tuned_on(string resource, int seed)
    {
        var texts = BlindGrammar.Of(resource).Lines("texts");
        var score = new DescriptorScore();
        for (var index = 0; index < Texts; index++)
        {
            var chance = new Randomizer(seed + index * 31);
            var set = Sets[index % Sets.Length];
            var (given, surname) = new BlindPeople(BlindGrammar.Of(set + "-people.txt"), BlindGrammar.Of(set + "-places.txt"), chance).Person(0.4);
            var (text, marks) = DescriptorTable.Parse(Fill(texts[index % texts.Count], given, surname));
            score.Add(text, marks);
        }

        output.WriteLine(score.ToString());
        foreach (var fault in score.Faults.Take(200)) output.WriteLine(fault);
        Assert.True(score.Recall >= 0.96, score.ToString());
        Assert.True(score.Kept >= 0.99, score.ToString());
    }

    private static string Fill(string text, string given, string surname)
    {
        (string Form, string Value)[] forms =
        [
            ("s", surname), ("g", given), ("gs", $"{given} {surname}"), ("sg", $"{surname}, {given}"), ("is", $"{given[0]} {surname}"), ("si", $"{surname} {given[0]}"),
            ("S", surname.ToUpperInvariant()), ("G", given.ToUpperInvariant()), ("GS", $"{given} {surname}".ToUpperInvariant()), ("SG", $"{surname}, {given}".ToUpperInvariant()),
        ];
        foreach (var (form, value) in forms) text = text.Replace("{" + form + "}", "{" + value + "}", StringComparison.Ordinal);
        return text;
    }
}
