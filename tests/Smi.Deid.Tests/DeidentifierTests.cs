using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests;

public sealed class DeidentifierTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public void A_missing_source_is_an_outcome()
    {
        var deidentifier = new Deidentifier(new DeidPolicy(), workplace.Key, [], new Smi.Deid.Verification.LeakVerifier());
        Assert.IsType<DeidOutcome.SourceMissing>(deidentifier.Run(workplace.Job("nothing.dcm"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_file_that_is_not_DICOM_is_refused_and_nothing_is_written()
    {
        var outcome = workplace.Run("no image at all, only text"u8.ToArray());
        Assert.Equal("read", Assert.IsType<DeidOutcome.Refused>(outcome).Stage);
        Assert.Empty(workplace.OutputFiles());
    }

    [Fact]
    public void The_same_file_twice_gives_the_same_bytes_and_is_success()
    {
        var file = Patient().ToArray();
        Assert.IsType<DeidOutcome.Deidentified>(workplace.Run(file));
        var first = File.ReadAllBytes(workplace.OutputFiles().Single());
        Assert.IsType<DeidOutcome.Deidentified>(workplace.Run(file));
        Assert.Equal(first, File.ReadAllBytes(workplace.OutputFiles().Single()));
    }

    [Fact]
    public void A_target_with_other_bytes_is_refused_unless_it_may_be_overwritten()
    {
        Assert.IsType<DeidOutcome.Deidentified>(workplace.Run(Patient().ToArray()));
        var other = Patient().Text(0x00280004, "CS", "MONOCHROME2").ToArray();
        Assert.Equal("output", Assert.IsType<DeidOutcome.Refused>(workplace.Run(other)).Stage);
        Assert.IsType<DeidOutcome.Deidentified>(workplace.Run(other, overwrite: true));
        Assert.Single(workplace.OutputFiles());
    }

    [Fact]
    public void A_staged_file_that_is_not_committed_disappears()
    {
        File.WriteAllBytes(Path.Combine(workplace.Source.Path, "a.dcm"), Patient().ToArray());
        var policy = new DeidPolicy();
        var deidentifier = new Deidentifier(policy, workplace.Key, Workplace.ProfileStages(policy), new Smi.Deid.Verification.LeakVerifier());
        using (var staged = deidentifier.Stage(workplace.Job("a.dcm"), TestContext.Current.CancellationToken).File)
        {
            var part = Assert.Single(workplace.OutputFiles());
            Assert.Equal(part, staged?.PartPath);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(part));
            Assert.Equal(Smi.Deid.Files.PartOwner.Current, Smi.Deid.Files.PartFile.OwnerOf(part));
        }

        Assert.Empty(workplace.OutputFiles());
    }

    [Fact]
    public void Preamble_file_meta_information_and_trailing_bytes_are_never_the_source_s()
    {
        var file = Patient().Raw(new byte[64]).ToArray();
        "Secretname"u8.CopyTo(file);
        using var output = workplace.Deidentify(file);
        var bytes = File.ReadAllBytes(workplace.OutputFiles().Single());
        Assert.True(bytes.AsSpan(0, 128).IndexOfAnyExcept((byte)0) < 0);
        Assert.Equal(0, output.TrailingBytes.Length);
        Assert.Equal(output.DataSet.GetString(DicomTags.SopInstanceUid), output.FileMeta?.GetString(DicomTags.MediaStorageSopInstanceUid));
    }

    [Fact]
    public void A_DICOMDIR_is_refused_by_a_profile()
    {
        var file = DicomBytes.File().Text(0x00080060, "CS", "CT").ExplicitHeader(0x00041220, "SQ", 0).ToArray();
        Assert.IsType<DeidOutcome.Refused>(workplace.Run(file));
    }

    [Fact]
    public void Two_projects_cannot_be_joined()
    {
        var one = new Smi.Deid.Pseudonyms.Pseudonymiser(workplace.Key.ForProject("1"));
        var two = new Smi.Deid.Pseudonyms.Pseudonymiser(workplace.Key.ForProject("2"));
        Assert.NotEqual(one.Uid("1.2.3"), two.Uid("1.2.3"));
        Assert.Equal(one.Uid("1.2.3"), new Smi.Deid.Pseudonyms.Pseudonymiser(workplace.Key.ForProject("1")).Uid("1.2.3"));
    }

    [Fact]
    public void Names_the_output_by_its_new_UIDs_when_no_name_is_given()
    {
        File.WriteAllBytes(Path.Combine(workplace.Source.Path, "a.dcm"), Patient().ToArray());
        var policy = new DeidPolicy();
        var deidentifier = new Deidentifier(policy, workplace.Key, Workplace.ProfileStages(policy), new Smi.Deid.Verification.LeakVerifier());
        var job = new DeidJob { Source = workplace.Job("a.dcm").Source, OutputRoot = workplace.Output, SubmittedAt = DateTimeOffset.UnixEpoch };
        Assert.IsType<DeidOutcome.Deidentified>(deidentifier.Run(job, TestContext.Current.CancellationToken));
        var path = Path.GetRelativePath(workplace.Output.Path, workplace.OutputFiles().Single());
        Assert.Matches(@"^2\.25\.\d+/2\.25\.\d+/2\.25\.\d+\.dcm$", path);
    }

    [Fact]
    public void An_output_that_cannot_be_read_again_is_refused_by_verification_and_taken_away()
    {
        File.WriteAllBytes(Path.Combine(workplace.Source.Path, "a.dcm"), Patient().ToArray());
        var policy = new DeidPolicy();
        var deidentifier = new Deidentifier(policy, workplace.Key, Workplace.ProfileStages(policy), new BlindVerifier());

        var outcome = deidentifier.Run(workplace.Job("a.dcm"), TestContext.Current.CancellationToken);

        Assert.Equal("verification", Assert.IsType<DeidOutcome.Refused>(outcome).Stage);
        Assert.Empty(workplace.OutputFiles());
    }

    [Fact]
    public void A_link_is_followed_within_its_root_and_refused_when_it_leads_out()
    {
        File.WriteAllBytes(Path.Combine(workplace.Source.Path, "real.dcm"), Patient().ToArray());
        File.WriteAllBytes(Path.Combine(workplace.Output.Path, "outside.dcm"), Patient().ToArray());
        File.CreateSymbolicLink(Path.Combine(workplace.Source.Path, "in.dcm"), "real.dcm");
        File.CreateSymbolicLink(Path.Combine(workplace.Source.Path, "out.dcm"), Path.Combine(workplace.Output.Path, "outside.dcm"));
        Directory.CreateSymbolicLink(Path.Combine(workplace.Source.Path, "folder"), workplace.Output.Path);
        File.CreateSymbolicLink(Path.Combine(workplace.Source.Path, "circle.dcm"), "circle.dcm");
        var policy = new DeidPolicy();
        var deidentifier = new Deidentifier(policy, workplace.Key, Workplace.ProfileStages(policy), new Smi.Deid.Verification.LeakVerifier());
        DeidOutcome Run(string name) => deidentifier.Run(workplace.Job(name), TestContext.Current.CancellationToken);

        Assert.IsType<DeidOutcome.Deidentified>(Run("in.dcm"));
        Assert.Contains("leads out", Assert.IsType<DeidOutcome.Refused>(Run("out.dcm")).Reason, StringComparison.Ordinal);
        Assert.Contains("leads out", Assert.IsType<DeidOutcome.Refused>(Run("folder/outside.dcm")).Reason, StringComparison.Ordinal);
        Assert.Throws<DicomReadException>(() => Run("circle.dcm"));
    }

    private static DicomBytes Patient() => DicomBytes.File()
        .Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7").Text(0x00080018, "UI", "1.2.3.4.5")
        .Text(0x00080020, "DA", "20040119").Text(0x00080060, "CS", "OT")
        .Text(0x00100010, "PN", "Zimmermann^Klara").Text(0x00100020, "LO", "PAT-00042")
        .Text(0x0020000D, "UI", "1.2.3.4").Text(0x0020000E, "UI", "1.2.3.4.1");

    private sealed class BlindVerifier : Smi.Deid.Verification.IVerifier
    {
        public IReadOnlyList<Smi.Deid.Verification.Finding> Verify(string path, Smi.Deid.Identifiers.KnownIdentifiers known, CancellationToken cancellation) =>
            throw new DicomFormatException("nothing can be read here");
    }
}
