using System.Text;
using System.Text.RegularExpressions;
using Smi.Dicom;

namespace Smi.Deid.Tests.Canaries;

/// <summary>A small image in which every place that can hold a value holds a canary.</summary>
internal sealed partial class CanaryFile
{
    private static readonly DicomTag[] PixelModule =
    [
        DicomTags.SpecificCharacterSet, DicomTags.Rows, DicomTags.Columns, DicomTags.SamplesPerPixel, DicomTags.BitsAllocated, DicomTags.BitsStored,
        DicomTags.HighBit, DicomTags.PixelRepresentation, DicomTags.PhotometricInterpretation, DicomTags.PlanarConfiguration,
        DicomTags.NumberOfFrames, DicomTags.PixelData, DicomTags.FloatPixelData, DicomTags.DoubleFloatPixelData, DicomTags.DirectoryRecordSequence,
    ];

    private readonly List<Canary> canaries = [];

    public CanaryFile()
    {
        DataSet = new DicomDataSet();
        foreach (var (tag, value) in new[] { (DicomTags.Rows, 2), (DicomTags.Columns, 2), (DicomTags.SamplesPerPixel, 1), (DicomTags.BitsAllocated, 8) })
        {
            DataSet.SetUInt16(tag, (ushort)value);
        }

        foreach (var tag in new[] { DicomTags.SopInstanceUid, DicomTags.StudyInstanceUid, DicomTags.SeriesInstanceUid })
        {
            Put(DataSet, tag, VR.UI);
        }

        DataSet.SetString(DicomTags.SopClassUid, VR.UI, "1.2.840.10008.5.1.4.1.1.2");
        DataSet.SetString(DicomTags.PhotometricInterpretation, VR.CS, "MONOCHROME2");
        DataSet.Set(new ValueElement(DicomTags.PixelData, VR.OB, new byte[4]));
    }

    public DicomDataSet DataSet { get; }

    public IReadOnlyList<Canary> Canaries => canaries;

    /// <summary>Every attribute that data sets can have, by the data dictionary.</summary>
    public static IEnumerable<DictionaryEntry> DataSetAttributes =>
        DicomDictionary.All.Where(entry => entry.Tag.Group >= 0x0008 && entry.Tag.Group != 0xFFFE && !PixelModule.Contains(entry.Tag)).OrderBy(entry => entry.Tag);

    public Canary? Put(DicomDataSet holder, DicomTag tag, VR vr, VR? writtenAs = null)
    {
        if (Canary.For(tag, vr, canaries.Count) is not { } canary)
        {
            return null;
        }

        canaries.Add(canary);
        holder.Set(new ValueElement(tag, writtenAs ?? vr, canary.Bytes));
        return canary;
    }

    /// <summary>Items of each sequence with identifiers of several kinds, a private block, and one more level below.</summary>
    public DicomDataSet NewItem(int levels)
    {
        var item = new DicomDataSet();
        foreach (var (tag, vr) in new[]
        {
            (DicomTags.PatientName, VR.PN), (DicomTags.PatientId, VR.LO), (DicomTags.StudyDate, VR.DA), (DicomTags.InstitutionName, VR.LO),
            (DicomTags.SopInstanceUid, VR.UI), (DicomTags.PatientAddress, VR.LO), (DicomTags.PatientComments, VR.LT),
        })
        {
            Put(item, tag, vr);
        }

        Put(item, new DicomTag(0x0029, 0x0010), VR.LO);
        Put(item, new DicomTag(0x0029, 0x1001), VR.UT);
        if (levels > 1)
        {
            item.Set(new SequenceElement(new DicomTag(0x0040, 0x0275), [NewItem(levels - 1)]));
        }

        return item;
    }

    /// <summary>A block with an attribute of every VR and a sequence; without a creator it belongs to nobody.</summary>
    public void PutPrivateBlock(DicomDataSet holder, ushort group, bool hasCreator)
    {
        if (hasCreator)
        {
            Put(holder, new DicomTag(group, 0x0010), VR.LO);
        }

        ushort element = 0x1001;
        holder.Set(new SequenceElement(new DicomTag(group, 0x10FF), [NewItem(2)]));
        foreach (var vr in Enum.GetValues<VR>().Where(vr => vr is not (VR.None or VR.SQ)))
        {
            Put(holder, new DicomTag(group, element++), vr);
        }
    }

    public byte[] Write(TransferSyntax syntax, byte[] preamble, DicomDataSet fileMeta, byte[] trailing)
    {
        using var stream = new MemoryStream();
        DicomWriter.WriteFile(stream, fileMeta, syntax, DataSet);
        stream.Write(trailing);
        preamble.CopyTo(stream.GetBuffer(), 0);
        return stream.ToArray();
    }

    /// <summary>The canaries that stand in these bytes, as ASCII or as UTF-16.</summary>
    public IReadOnlyList<Canary> FindIn(byte[] bytes)
    {
        string[] readings =
        [
            NewUid().Replace(Encoding.Latin1.GetString(bytes), ""), Encoding.Unicode.GetString(bytes),
            Encoding.Unicode.GetString(bytes.AsSpan(Math.Min(1, bytes.Length))),
        ];
        return [.. canaries.Where(canary => readings.Any(reading => reading.Contains(canary.Text, StringComparison.Ordinal)))];
    }

    // Eight digits of a date turn up by chance inside the long UIDs of an output.
    [GeneratedRegex(@"2\.25\.[0-9]+")]
    private static partial Regex NewUid();
}
