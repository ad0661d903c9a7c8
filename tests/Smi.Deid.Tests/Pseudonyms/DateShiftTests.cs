using Smi.Deid.Pseudonyms;
using Smi.Dicom;

namespace Smi.Deid.Tests.Pseudonyms;

public sealed class DateShiftTests
{
    private readonly Pseudonymiser pseudonyms = new(MasterKey.Random().ForProject("1"));

    [Fact]
    public void Dates_move_back_by_ten_to_twenty_years_so_that_none_becomes_another_true_date_of_these_years()
    {
        var shifts = Enumerable.Range(0, 2_000).Select(number => Shift($"P{number}")).ToList();
        Assert.All(shifts, shift => Assert.InRange(shift, -7_304, -3_653));
        Assert.InRange(shifts.Average(), -5_600, -5_350);
        Assert.True(shifts.Distinct().Count() > 1_400);
    }

    [Fact]
    public void Dates_of_one_patient_move_together() => Assert.Equal(Shift("ab 12"), Shift(" AB 12 "));

    private int Shift(string patientId)
    {
        var dataSet = new DicomDataSet();
        dataSet.SetString(DicomTags.PatientId, VR.LO, patientId);
        return pseudonyms.DateShift(PatientIdentity.Of(dataSet, new DeidPolicy()));
    }
}
