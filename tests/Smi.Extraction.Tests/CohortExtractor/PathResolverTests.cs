using Smi.Deid.Pseudonyms;
using Smi.Extraction.CohortExtractor;
using Smi.Messaging.Messages;

namespace Smi.Extraction.Tests.CohortExtractor;

public sealed class PathResolverTests
{
    private static readonly Messaging.Messages.Extraction Job = new()
    {
        JobIdentifier = Guid.NewGuid(),
        ProjectNumber = "p",
        Directory = "p/extractions/x",
        Modality = "CT",
        JobSubmittedAt = DateTimeOffset.UnixEpoch,
        Shape = MessageShape.V6,
    };

    [Theory]
    [InlineData("StudySeriesOriginalFilenameProjectPathResolver", "a/b/image.dcm", "1.2/3.4/image-an.dcm")]
    [InlineData("DefaultProjectPathResolver", "image.DICOM", "1.2/3.4/image-an.dcm")]
    [InlineData("StudySeriesOriginalFilenameProjectPathResolver", "a\\b\\image.001", "1.2/3.4/image.001-an.dcm")]
    [InlineData("StudySeriesSOPProjectPathResolver", "image.dcm", "1.2/3.4/5.6-an.dcm")]
    [InlineData("NoSuffixProjectPathResolver", "image.dcm", "1.2/3.4/image.dcm")]
    public void Resolvers_make_the_paths_of_the_original(string resolver, string source, string path) =>
        Assert.Equal(path, PathResolvers.Resolve(resolver, File(source), Job));

    [Fact]
    public void An_identifiable_extraction_has_no_suffix() => Assert.Equal(
        "1.2/3.4/image.dcm", PathResolvers.Resolve("DefaultProjectPathResolver", File("image.dcm"), Job with { IsIdentifiable = true }));

    [Fact]
    public void The_example_of_the_original_ends_where_it_always_did()
    {
        var file = new CandidateFile
        {
            Key = "k",
            FilePath = "1.2.840.113619.2.1.2411.1031152382.365.1.736169244.dcm",
            StudyInstanceUid = "2",
            SeriesInstanceUid = "3",
        };

        Assert.Equal("2/3/1.2.840.113619.2.1.2411.1031152382.365.1.736169244-an.dcm", PathResolvers.Resolve("DefaultProjectPathResolver", file, Job));
    }

    [Fact]
    public void The_pseudonymous_path_holds_nothing_of_the_original_and_the_UIDs_of_the_output()
    {
        var pseudonyms = new Pseudonymiser(MasterKey.Random().ForProject("p"));

        var path = PathResolvers.Hide(File("Invented^Name.dcm"), Job, pseudonyms);

        Assert.Equal($"{pseudonyms.Uid("1.2")}/{pseudonyms.Uid("3.4")}/{pseudonyms.Uid("5.6")}-an.dcm", path);
        Assert.DoesNotContain("Invented", PathResolvers.Hide(new() { Key = "k", FilePath = "Invented^Name.dcm" }, Job, pseudonyms), StringComparison.Ordinal);
    }

    private static CandidateFile File(string path) =>
        new() { Key = "k", FilePath = path, StudyInstanceUid = "1.2", SeriesInstanceUid = "3.4", SopInstanceUid = "5.6" };
}
