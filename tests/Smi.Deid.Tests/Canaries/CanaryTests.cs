using System.Text;
using Smi.Deid.Samples;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests.Canaries;

public sealed class CanaryTests
{
    private static readonly string KeptList = Path.Combine(SharedFiles.RepositoryRoot, "docs", "basic-profile-keeps.tsv");

    [Fact]
    public void Of_all_attributes_only_the_listed_ones_keep_their_value()
    {
        var file = WithEveryAttribute(writtenAs: null);

        using var run = new CanaryRun(Write(file));

        Assert.IsType<DeidOutcome.Deidentified>(run.Outcome);
        Assert.Equal(File.ReadLines(KeptList).Skip(1), file.FindIn(run.Output).Select(canary => Line(canary.Tag)));
        Assert.Empty(file.FindIn(Encoding.UTF8.GetBytes(run.Said)));
    }

    [Theory]
    [InlineData(VR.UN)]
    [InlineData(VR.LT)]
    [InlineData(VR.OB)]
    [InlineData(VR.PN)]
    public void A_value_under_another_VR_than_its_own_is_kept_by_no_further_attribute(VR writtenAs)
    {
        var file = WithEveryAttribute(writtenAs);

        using var run = new CanaryRun(Write(file));

        Assert.IsType<DeidOutcome.Deidentified>(run.Outcome);
        Assert.Empty(file.FindIn(run.Output).Select(canary => Line(canary.Tag)).Except(File.ReadLines(KeptList)));
    }

    [Fact]
    public void No_identifier_survives_in_the_items_of_any_sequence()
    {
        var file = new CanaryFile();
        foreach (var entry in CanaryFile.DataSetAttributes.Where(entry => entry.VR == VR.SQ))
        {
            file.DataSet.Set(new SequenceElement(entry.Tag, [file.NewItem(2), file.NewItem(1)]));
        }

        AssertNothingIsLeft(file, Write(file));
    }

    [Theory]
    [InlineData(RetainOptions.None)]
    [InlineData(RetainOptions.SafePrivate)]
    public void Nothing_survives_in_private_blocks_that_are_not_known_to_be_safe(RetainOptions retain)
    {
        var file = new CanaryFile();
        file.PutPrivateBlock(file.DataSet, 0x0029, hasCreator: true);
        file.PutPrivateBlock(file.DataSet, 0x0031, hasCreator: false);
        file.PutPrivateBlock(file.DataSet, 0x0019, hasCreator: false);
        file.DataSet.SetString(new DicomTag(0x0019, 0x0010), VR.LO, "SIEMENS MR HEADER");
        file.DataSet.Remove(new DicomTag(0x0019, 0x100C));
        file.DataSet.Remove(new DicomTag(0x0019, 0x100D));
        file.DataSet.Remove(new DicomTag(0x0019, 0x100E));

        AssertNothingIsLeft(file, Write(file), retain);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.1.99")]
    public void Nothing_survives_in_implicit_big_endian_and_deflated_files(string syntax)
    {
        var file = new CanaryFile();
        file.PutPrivateBlock(file.DataSet, 0x0029, hasCreator: true);
        file.DataSet.Set(new SequenceElement(new DicomTag(0x0040, 0x0275), [file.NewItem(3)]));

        var bytes = file.Write(TransferSyntax.Find(syntax) ?? TransferSyntax.ExplicitLittleEndian, [], new DicomDataSet(), []);
        using var run = new CanaryRun(bytes);

        Assert.IsType<DeidOutcome.Deidentified>(run.Outcome);
        using var output = DicomFile.Parse(run.Output);
        using var plain = new MemoryStream();
        DicomWriter.WriteDataSet(plain, TransferSyntax.ExplicitLittleEndian, output.DataSet);
        Assert.Empty(file.FindIn(plain.ToArray()));
    }

    [Fact]
    public void Nothing_survives_in_preamble_file_meta_padding_and_trailing_bytes()
    {
        var file = new CanaryFile();
        var meta = new DicomDataSet();
        foreach (var entry in DicomDictionary.All.Where(entry => entry.Tag.Group == 0x0002 && entry.Tag != DicomTags.TransferSyntaxUid))
        {
            file.Put(meta, entry.Tag, entry.VR);
        }

        file.Put(file.DataSet, DicomTags.DataSetTrailingPadding, VR.OB);
        file.Put(file.DataSet, new DicomTag(0x0008, 0x0000), VR.LO, VR.UN);
        file.Put(file.DataSet, new DicomTag(0x6000, 0x3000), VR.OW);
        file.Put(file.DataSet, new DicomTag(0x6002, 0x4000), VR.LT);
        file.Put(file.DataSet, new DicomTag(0x5000, 0x3000), VR.OW);
        file.DataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, Encoding.ASCII.GetBytes("....BEHIND THE LAST PIXEL")));

        var bytes = file.Write(TransferSyntax.ExplicitLittleEndian, Encoding.ASCII.GetBytes("IN THE PREAMBLE"), meta, "TAILEND"u8.ToArray());
        var output = AssertNothingIsLeft(file, bytes);

        Assert.All(["PREAMBLE", "TAILEND", "BEHIND"], text => Assert.DoesNotContain(text, Encoding.Latin1.GetString(output), StringComparison.Ordinal));
    }

    [Fact]
    public void No_identifier_of_the_samples_survives_in_any_character_set()
    {
        foreach (var sample in SampleHospital.Make(3))
        {
            using var input = new MemoryStream();
            sample.Write(input);

            using var run = new CanaryRun(input.ToArray());

            Assert.IsType<DeidOutcome.Deidentified>(run.Outcome);
            var readings = Readings(run.Output, sample.DataSet).Append(run.Said).ToList();
            Assert.All(sample.Identifiers, identifier => Assert.DoesNotContain(readings, reading => reading.Contains(identifier, StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Fact]
    public void The_reason_of_a_refusal_holds_no_value_of_the_file()
    {
        var whole = WithEveryAttribute(writtenAs: null);
        var bytes = Write(whole);
        for (var length = 200; length < bytes.Length; length += bytes.Length / 60)
        {
            using var run = new CanaryRun(bytes[..length]);

            Assert.Empty(whole.FindIn(Encoding.UTF8.GetBytes(run.Said)));
            if (run.Outcome is DeidOutcome.Refused)
            {
                Assert.Empty(run.Output);
            }
        }
    }

    private static byte[] AssertNothingIsLeft(CanaryFile file, byte[] input, RetainOptions retain = RetainOptions.None)
    {
        Assert.NotEmpty(file.FindIn(input));

        using var run = new CanaryRun(input, retain);

        Assert.IsType<DeidOutcome.Deidentified>(run.Outcome);
        Assert.Empty(file.FindIn(run.Output).Select(canary => Line(canary.Tag)));
        Assert.Empty(file.FindIn(Encoding.UTF8.GetBytes(run.Said)));
        return run.Output;
    }

    private static CanaryFile WithEveryAttribute(VR? writtenAs)
    {
        var file = new CanaryFile();
        foreach (var entry in CanaryFile.DataSetAttributes)
        {
            file.Put(file.DataSet, entry.Tag, entry.VR, writtenAs);
        }

        return file;
    }

    private static byte[] Write(CanaryFile file) => file.Write(TransferSyntax.ExplicitLittleEndian, [], new DicomDataSet(), []);

    private static string Line(DicomTag tag)
    {
        var entry = DicomDictionary.Find(tag);
        return $"{tag}\t{entry?.VR}\t{entry?.Keyword}";
    }

    private static IEnumerable<string> Readings(byte[] output, DicomDataSet original)
    {
        using var file = DicomFile.Parse(output);
        using var plain = new MemoryStream();
        DicomWriter.WriteDataSet(plain, TransferSyntax.ExplicitLittleEndian, file.DataSet);
        var bytes = plain.ToArray();
        return
        [
            Encoding.Latin1.GetString(output), Encoding.Latin1.GetString(bytes), Encoding.UTF8.GetString(bytes), Encoding.Unicode.GetString(bytes),
            original.CharacterSet.Decode(bytes, Dicom.CharacterSets.CharacterSetDelimiters.PersonName),
        ];
    }
}
