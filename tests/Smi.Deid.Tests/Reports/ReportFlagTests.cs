using Smi.Deid.Reports;
using Smi.Dicom;
using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

public sealed class ReportFlagTests
{
    [Fact]
    public void A_changed_report_no_longer_counts_as_verified_but_as_complete()
    {
        var file = DeidentifyFile(Verified(TextItem("Seen by Dr Zwibbelhorn.")));
        Assert.Equal(("COMPLETE", "UNVERIFIED"), (file.GetString(CompletionFlag), file.GetString(ReportTags.VerificationFlag)));
        Assert.False(file.Contains(ReportTags.VerifyingObserverSequence));
    }

    [Fact]
    public void A_report_in_which_nothing_was_cut_stays_verified() =>
        Assert.Equal("VERIFIED", DeidentifyFile(Verified(TextItem("Normal liver."))).GetString(ReportTags.VerificationFlag));

    [Fact]
    public void A_report_of_which_a_date_was_changed_no_longer_counts_as_verified() =>
        Assert.Equal("UNVERIFIED", DeidentifyFile(Verified(Item("DATE", ("20101224", new DicomTag(0x0040A121), VR.DA)))).GetString(ReportTags.VerificationFlag));

    private static readonly DicomTag CompletionFlag = new(0x0040A491);

    private static byte[] Verified(DicomDataSet item)
    {
        var report = DicomFile.Parse(Report(item)).DataSet.Copy();
        report.SetString(CompletionFlag, VR.CS, "COMPLETE");
        report.SetString(ReportTags.VerificationFlag, VR.CS, "VERIFIED");
        var observer = new DicomDataSet();
        observer.SetString(new DicomTag(0x0040A075), VR.PN, "Zwibbelhorn^Ottokar");
        report.Set(new SequenceElement(ReportTags.VerifyingObserverSequence, [observer]));
        return Bytes(report);
    }
}
