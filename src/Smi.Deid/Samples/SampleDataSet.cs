using System.Globalization;
using Smi.Dicom;
using Smi.Dicom.CharacterSets;

namespace Smi.Deid.Samples;

/// <summary>Builds a data set or an item by the keywords of PS3.6, every text in one character set.</summary>
internal sealed class SampleDataSet(CharacterSet characterSet)
{
    public DicomDataSet DataSet { get; } = new();

    public SampleDataSet NewItem() => new(characterSet);

    /// <summary>Several values are separated by backslashes; numbers are written in decimal.</summary>
    public SampleDataSet Put(string keyword, string value)
    {
        var entry = Entry(keyword);
        return Put(entry.Tag, entry.VR, value);
    }

    public SampleDataSet Put(string keyword, double value) =>
        Put(keyword, value.ToString("0.######", CultureInfo.InvariantCulture));

    public SampleDataSet Put(DicomTag tag, VR vr, string value)
    {
        DataSet.Set(new ValueElement(tag, vr, vr.IsText() ? Encode(tag, vr, value) : Binary(vr, value)));
        return this;
    }

    public SampleDataSet PutBytes(DicomTag tag, VR vr, ReadOnlyMemory<byte> value)
    {
        DataSet.Set(new ValueElement(tag, vr, value));
        return this;
    }

    public SampleDataSet PutItems(string keyword, params IEnumerable<SampleDataSet> items) => PutItems(Entry(keyword).Tag, items);

    public SampleDataSet PutItems(DicomTag tag, params IEnumerable<SampleDataSet> items)
    {
        DataSet.Set(new SequenceElement(tag, [.. items.Select(item => item.DataSet)]));
        return this;
    }

    /// <summary>A sequence of one code item (PS3.3 table 8.8-1).</summary>
    public SampleDataSet PutCode(string keyword, string value, string scheme, string meaning) =>
        PutItems(keyword, NewItem().Put("CodeValue", value).Put("CodingSchemeDesignator", scheme).Put("CodeMeaning", meaning));

    /// <summary>A sequence of one reference to an instance.</summary>
    public SampleDataSet PutReference(string keyword, string sopClass, string sopInstance) =>
        PutItems(keyword, NewReference(sopClass, sopInstance));

    public SampleDataSet NewReference(string sopClass, string sopInstance) =>
        NewItem().Put("ReferencedSOPClassUID", sopClass).Put("ReferencedSOPInstanceUID", sopInstance);

    private static DictionaryEntry Entry(string keyword) =>
        DicomDictionary.FindKeyword(keyword) ?? throw new ArgumentException($"PS3.6 has no attribute {keyword}", nameof(keyword));

    private byte[] Encode(DicomTag tag, VR vr, string value)
    {
        var set = vr.UsesCharacterSet() ? characterSet : CharacterSet.Default;
        var delimiters = vr == VR.PN ? CharacterSetDelimiters.PersonName
            : vr.IsSingleText() ? CharacterSetDelimiters.Text
            : CharacterSetDelimiters.Values;
        return set.TryEncode(value, delimiters, out var bytes)
            ? bytes
            : throw new ArgumentException($"{tag} cannot be written in the character set of the sample", nameof(value));
    }

    private static byte[] Binary(VR vr, string value) =>
        [.. value.Split('\\').SelectMany(number => Binary(vr, double.Parse(number, CultureInfo.InvariantCulture)))];

    private static byte[] Binary(VR vr, double number) => vr switch
    {
        VR.US => BitConverter.GetBytes((ushort)number),
        VR.SS => BitConverter.GetBytes((short)number),
        VR.UL => BitConverter.GetBytes((uint)number),
        VR.SL => BitConverter.GetBytes((int)number),
        VR.FL => BitConverter.GetBytes((float)number),
        VR.FD => BitConverter.GetBytes(number),
        VR.AT => [.. BitConverter.GetBytes((ushort)((uint)number >> 16)), .. BitConverter.GetBytes((ushort)(uint)number)],
        _ => throw new ArgumentException($"{vr} holds no numbers", nameof(vr)),
    };
}
