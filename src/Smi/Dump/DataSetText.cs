using Smi.Dicom;
using Smi.Terminal;

namespace Smi.Dump;

/// <summary>A data set as lines of text: tag, VR, length, keyword, value. Values are shown as <see cref="Printable"/> does.</summary>
internal static class DataSetText
{
    private const int LongestValue = 120;

    public static void Write(DicomFile file, TextWriter target)
    {
        target.WriteLine($"# {file.TransferSyntax.Name}");
        if (file.FileMeta is not null)
        {
            Write(file.FileMeta, target, 0);
        }

        Write(file.DataSet, target, 0);
        if (file.TrailingBytes.Length > 0)
        {
            target.WriteLine($"# {file.TrailingBytes.Length} bytes that are no data element");
        }
    }

    private static void Write(DicomDataSet dataSet, TextWriter target, int depth)
    {
        var indent = new string(' ', 2 * depth);
        foreach (var element in dataSet.Elements)
        {
            var name = element.Tag.IsPrivate ? "" : DicomDictionary.Find(element.Tag)?.Keyword ?? "";
            target.WriteLine($"{indent}{element.Tag} {element.VR.Letters()} {Describe(dataSet, element)} {name}".TrimEnd());
            if (element is SequenceElement sequence)
            {
                for (var item = 0; item < sequence.Items.Count; item++)
                {
                    target.WriteLine($"{indent}  item {item + 1}");
                    Write(sequence.Items[item], target, depth + 2);
                }
            }
        }
    }

    private static string Describe(DicomDataSet dataSet, DicomElement element) => element switch
    {
        SequenceElement sequence => $"{sequence.Items.Count} items",
        EncapsulatedElement encapsulated => $"{encapsulated.Fragments.Count} fragments",
        ValueElement value => $"#{value.Length} {Value(dataSet, value)}",
        _ => "",
    };

    private static string Value(DicomDataSet dataSet, ValueElement element)
    {
        if (element.EffectiveVR is VR.OB or VR.OW or VR.OD or VR.OF or VR.OL or VR.OV or VR.UN)
        {
            var start = Convert.ToHexString(element.Value.Peek(16));
            return element.Length > 16 ? start + "…" : start;
        }

        var text = element.Length > 100_000 ? "(long)" : dataSet.TextOf(element);
        return $"[{Printable.Of(text.Length > LongestValue ? text[..LongestValue] + "…" : text)}]";
    }
}
