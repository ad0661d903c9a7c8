using Smi.Deid.Pixels;
using Smi.Dicom;
using Smi.Dicom.Frames;

namespace Smi.Gallery;

/// <summary>An image with burned-in text, and what is to become of it.</summary>
/// <param name="Title">What is special about it, for the label.</param>
/// <param name="Sheet">The picture it is shown on.</param>
internal sealed record GalleryCase(string Title, string Sheet, DicomDataSet DataSet, TransferSyntax Syntax)
{
    /// <summary>Where text stands that must be gone, on every frame unless <see cref="Frame"/> says one.</summary>
    public required IReadOnlyList<PixelBox> Hidden { get; init; }

    /// <summary>The frame that is shown.</summary>
    public int Frame { get; init; }

    public PixelPolicy Policy { get; init; } = new();

    /// <summary>Pixels by which a compressed block, and the chroma it is shown with, may reach over a region: 0 where every pixel has its own samples.</summary>
    public int Grid { get; init; }
}
