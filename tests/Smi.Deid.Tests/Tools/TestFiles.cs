using Smi.Tests;

namespace Smi.Deid.Tests.Tools;

internal static class TestFiles
{
    public const string Name = "Zimmermann^Klara";
    public const string Id = "PAT-00042";

    /// <summary>What an honest tool replaces, in the words of liar.py.</summary>
    public const string Replacement = "Zimmermann^Klara=Xxxxxxxxxx^Xxxxx|PAT-00042=XXX-XXXXX";

    public static DicomBytes Patient(string modality = "CT") => DicomBytes.File()
        .Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7").Text(0x00080018, "UI", "1.2.3.4.5")
        .Text(0x00080020, "DA", "20040119").Text(0x00080060, "CS", modality)
        .Text(0x00100010, "PN", Name).Text(0x00100020, "LO", Id)
        .Text(0x0020000D, "UI", "1.2.3.4").Text(0x0020000E, "UI", "1.2.3.4.1");
}
