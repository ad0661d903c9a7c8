using Smi.Deid.Identifiers;
using Smi.Deid.Pixels.Examination;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Reading;

/// <summary>Reads what was found on the frames of an image, and parts what may stay from what is blanked.</summary>
internal sealed class FrameReading(TextSaving saving, FrameReader frames, Palette? palette, KnownIdentifiers known)
{
    /// <param name="found">For each frame.</param>
    /// <param name="kept">Receives what stays.</param>
    /// <returns>For each frame what is to be blanked.</returns>
    public IReadOnlyList<IReadOnlyList<PlannedRegion>> Sort(
        IReadOnlyList<IReadOnlyList<PlannedRegion>> found, List<(int Frame, PixelBox Box)> kept, CancellationToken cancellation)
    {
        var blanked = new IReadOnlyList<PlannedRegion>[found.Count];
        for (var frame = 0; frame < found.Count; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            blanked[frame] = found[frame].Count == 0 ? found[frame] : Sort(frame, found[frame], kept);
        }

        return blanked;
    }

    private List<PlannedRegion> Sort(int frame, IReadOnlyList<PlannedRegion> found, List<(int Frame, PixelBox Box)> kept)
    {
        var (picture, _) = FramePictures.Of(frames.Read(frame), frames.Format, palette)[0];
        var stays = saving.Decide(picture, [.. found.Select(region => region.Box)], known);
        kept.AddRange(found.Where((_, index) => stays[index]).Select(region => (frame, region.Box)));
        return [.. found.Where((_, index) => !stays[index])];
    }
}
