using Smi.Dicom;
using Smi.Extraction.IsIdentifiable;
using Smi.Extraction.Tests.Workflow;

namespace Smi.Extraction.Tests.IsIdentifiable;

/// <summary>Verification of output paths: what stands there reaches the researcher like the file itself.</summary>
public sealed class OutputPathTests
{
    [Theory]
    [InlineData("name", true, true)]
    [InlineData("name", false, true)]
    [InlineData("id", true, true)]
    [InlineData("uid", true, false)]
    [InlineData("uid", false, true)]
    [InlineData("nothing", false, false)]
    public async Task What_identifies_the_patient_is_found_in_the_path_and_original_UIDs_unless_they_are_there_on_purpose(string what, bool mayHoldUids, bool isFound)
    {
        await using var deployment = new Deployment();
        var samples = deployment.AddSamples(seed: 1);
        var sample = samples[0];
        var part = what switch
        {
            "name" => PersonName.Parse(sample.DataSet.GetString(DicomTags.PatientName) ?? "").Groups[0].FamilyName,
            "id" => sample.DataSet.GetString(DicomTags.PatientId),
            "uid" => sample.DataSet.GetString(DicomTags.SeriesInstanceUid),
            _ => "2.25.12345",
        };
        var examiner = new FileExaminer(new RuleFileReader().Build(), deployment.Settings.IsIdentifiable, mayHoldUids);
        var original = Path.Combine(deployment.Sources, sample.RelativePath);

        var failures = await examiner.ExamineAsync(original, $"1.2.3/{part}/x_{part}-an.dcm", original, TestContext.Current.CancellationToken);

        var found = failures.Where(failure => failure.ProblemField == "OutputFilePath").ToList();
        Assert.Equal(isFound, found.Count > 0);
        Assert.DoesNotContain(part ?? "", string.Concat(found.SelectMany(failure => failure.Parts).Select(word => word.Word)), StringComparison.Ordinal);
    }
}
