using Smi.Deid.Pixels.Detection;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Regions;

/// <summary>
/// Where text stands again and again on the images of one device: rows for a <see cref="DeviceTable"/>, so that it is blanked too on the image on which
/// it is not found. Images are of one device when they agree in all that a row asks of them. Those of one study count once: its images show
/// one patient, and what looks like text in one of them looks so in the next.
/// </summary>
public sealed class DeviceEvidence
{
    /// <summary>Pixels along a side of what is counted.</summary>
    private const int Cell = 8;

    /// <summary>Text of the device stands on so many studies, and on this share of those with such images.</summary>
    private const int LeastStudies = 3;
    private const double LeastShare = 0.5;

    /// <summary>A box is of that text when this share of it was seen often enough, for some names are longer; boxes of one text share this much of the smaller.</summary>
    private const double LeastOften = 0.5;
    private const double LeastShared = 0.5;

    private readonly Dictionary<DeviceRow, Images> devices = [];

    /// <summary>Images that name neither manufacturer nor model, or not so that a table can hold it.</summary>
    public int WithoutDevice { get; private set; }

    public int Devices => devices.Count;

    /// <param name="image">Attributes of an image.</param>
    /// <param name="boxes">Text on any of its frames.</param>
    public void Add(DicomDataSet image, IEnumerable<PixelBox> boxes)
    {
        if (DeviceRow.Of(image) is not { } device)
        {
            WithoutDevice++;
            return;
        }

        if (!devices.TryGetValue(device, out var images))
        {
            devices.Add(device, images = new Images());
        }

        // Without a study an image stands for itself.
        var study = image.GetString(DicomTags.StudyInstanceUid) is { Length: > 0 } uid ? uid : $"image {images.Studies.Count}";
        if (!images.Studies.TryGetValue(study, out var cells))
        {
            images.Studies.Add(study, cells = []);
        }

        foreach (var box in boxes)
        {
            images.Boxes.Add(box);
            cells.UnionWith(Cells(box, device));
        }
    }

    /// <summary>The table, one line for each place: criteria, edges in pixels, and on how many studies it was seen.</summary>
    public IEnumerable<string> Table()
    {
        yield return DeviceTable.Header;
        foreach (var (device, images) in devices.OrderBy(device => device.Key.ToString(), StringComparer.Ordinal))
        {
            foreach (var (box, seen) in Places(device, images))
            {
                yield return device.Line(box, $"found on {seen} of {images.Studies.Count} studies");
            }
        }
    }

    private static IEnumerable<(PixelBox Box, int Seen)> Places(DeviceRow device, Images images)
    {
        var counts = images.Studies.Values.SelectMany(cells => cells).CountBy(cell => cell).ToDictionary();
        var least = Math.Max(LeastStudies, LeastShare * images.Studies.Count);
        var often = images.Boxes.Where(box => Cells(box, device).Average(cell => counts[cell] >= least ? 1 : 0) >= LeastOften).OrderBy(box => box.Top).ThenBy(box => box.Left).ThenBy(box => box.Area);
        return LineJoining.Joined(often, AreOfOneText)
            .Select(box => (box, Cells(box, device).Max(cell => counts.GetValueOrDefault(cell))))
            .OrderBy(place => place.box.Top).ThenBy(place => place.box.Left);
    }

    private static bool AreOfOneText(PixelBox a, PixelBox b) => a.Intersect(b).Area >= LeastShared * Math.Min(a.Area, b.Area);

    private static IEnumerable<int> Cells(PixelBox box, DeviceRow device) => box.InCells(Cell).Cells(device.Columns);

    /// <summary>Of one device: cells with text by study, and every box.</summary>
    private sealed class Images
    {
        public Dictionary<string, HashSet<int>> Studies { get; } = new(StringComparer.Ordinal);

        public HashSet<PixelBox> Boxes { get; } = [];
    }
}
