using Smi.Deid.Tests.Text.Benchmark;

namespace Smi.Deid.Tests.Text.Descriptors;

public sealed class DescriptorTests(ITestOutputHelper output)
{
    private const int BlindNames = 1_500;

    // None of these is in the tables above, and no rule was tuned on what they give.
    private static readonly string[] BlindTemplates =
    [
        "Wrist PA/LAT {0}", "{0}: MRI pituitary", "T1W_SE_ax {0}", "CT pulmonary angiogram - {0}", "NEURO HEAD {0}", "thin axials for Dr {0}", "Cervical spine ({0})", "US neck, referred {0}", "{0} liver protocol",
        "BRAIN LAB NAV {0}", "Post op check, {0}", "DEXA hip [{0}]", "Hand erosions query {0}", "Renal colic protocol {0} repeat",
    ];

    [Fact]
    public void Cuts_what_identifies_from_short_texts_and_keeps_the_rest() => Measure("identifying-descriptors.txt", leastRecall: 0.96);

    [Fact]
    public void Keeps_short_clinical_and_technical_texts_whole() => Measure("clinical-descriptors.txt", leastRecall: null);

    [Fact]
    public void Finds_names_that_no_list_holds_in_short_texts_nobody_tuned_on()
    {
        var names = new SyllableNames(271828, others: true);
        var score = new DescriptorScore();
        for (var index = 0; index < BlindNames; index++)
        {
            var name = index % 5 == 4 ? names.Surname().ToUpperInvariant() : names.Surname();
            var (text, marks) = DescriptorTable.Parse(BlindTemplates[index % BlindTemplates.Length].Replace("{0}", "{" + name + "}", StringComparison.Ordinal));
            score.Add(text, marks);
        }

        output.WriteLine(score.ToString());
        foreach (var fault in score.Faults.Take(60)) output.WriteLine(fault);
        Assert.True(score.Recall >= 0.94, score.ToString());
        Assert.True(score.Kept >= 0.98, score.ToString());
    }

    private void Measure(string table, double? leastRecall)
    {
        var score = new DescriptorScore();
        foreach (var (text, marks) in DescriptorTable.Read(table)) score.Add(text, marks);
        output.WriteLine(score.ToString());
        foreach (var fault in score.Faults) output.WriteLine(fault);
        Assert.True(leastRecall is null || score.Recall >= leastRecall, score.ToString());
        Assert.True(score.Kept >= 0.995, score.ToString());
    }
}
