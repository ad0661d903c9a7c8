using System.Globalization;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>What a row of a <see cref="DeviceTable"/> asks of an image.</summary>
internal sealed record DeviceRow(string Modality, string Manufacturer, string Model, string ImageType, int Rows, int Columns)
{
    /// <summary>That fits an image; null when it names neither manufacturer nor model, or a cell cannot hold what it says.</summary>
    public static DeviceRow? Of(DicomDataSet image)
    {
        string Text(DicomTag tag) => image.GetString(tag)?.Trim() ?? string.Empty;
        var row = new DeviceRow(
            Text(DicomTags.Modality), Text(DicomTags.Manufacturer), Text(DicomTags.ManufacturerModelName), Text(DicomTags.ImageType),
            image.GetInt32(DicomTags.Rows) ?? 0, image.GetInt32(DicomTags.Columns) ?? 0);
        return row.Manufacturer.Length + row.Model.Length > 0 && !row.ToString().Any(char.IsControl) ? row : null;
    }

    /// <summary>The row for a region.</summary>
    /// <param name="box">In pixels.</param>
    /// <param name="source">Where it is known from.</param>
    public string Line(PixelBox box, string source)
    {
        string[] criteria = [$"text of {(Model.Length > 0 ? Model : Manufacturer)}", Modality, Manufacturer, Model, string.Empty, ImageType, string.Empty];
        int[] numbers = [Rows, Columns, box.Left, box.Top, box.Right, box.Bottom];
        return string.Join('\t', [.. criteria, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)), source]);
    }
}
