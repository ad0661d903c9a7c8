using Smi.Dicom;

using static Smi.Deid.Tests.Reports.ReportFixture;

namespace Smi.Deid.Tests.Reports;

/// <summary>Makers, models and versions: names of products, in which nothing is cut but what the header knows.</summary>
public sealed class ProductTextTests
{
    [Theory]
    [InlineData("Carestream Hopkins", "Carestream Hopkins")]
    [InlineData("Scan AS+ 128", "Scan AS+ 128")]
    [InlineData("DigitalDiagnost of Hamburg, Zwibbelhorn & Sons", "DigitalDiagnost of Hamburg, Zwibbelhorn & Sons")]
    [InlineData("Scan AS+ Quibbleston", "Scan AS+ [NAME]")]
    [InlineData("LightSpeedQX551234", "[ID]")]
    [InlineData("VCT QX-55-1234", "VCT [ID]")]
    public void Keeps_the_name_of_a_product_and_cuts_what_the_header_knows(string model, string cleaned)
    {
        var header = Header("1.2.840.10008.5.1.4.1.1.2");
        header.SetString(DicomTags.ManufacturerModelName, VR.LO, model);
        Assert.Equal(cleaned, DeidentifyFile(Bytes(header)).GetString(DicomTags.ManufacturerModelName));
    }

    [Fact]
    public void A_station_that_is_called_after_the_patient_is_replaced_whole()
    {
        var header = Header("1.2.840.10008.5.1.4.1.1.2");
        header.SetString(StationName, VR.SH, "Quibbleston");
        Assert.DoesNotContain("Quibbleston", DeidentifyFile(Bytes(header)).GetString(StationName) ?? "", StringComparison.Ordinal);
    }

    private static readonly DicomTag StationName = new(0x00081010);
}
