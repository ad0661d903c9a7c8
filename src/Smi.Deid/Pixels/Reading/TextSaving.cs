using Smi.Deid.Identifiers;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Regions;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Reading;

/// <summary>
/// Decides which of the regions that were found may stay because of what they say: read with certainty and as a whole, allowed by the list as
/// a whole, without a word of what is known of the patient, and apart from all regions that do not stay. Any doubt blanks.
/// </summary>
internal sealed class TextSaving(ITextReader reader, OcrAllowList allowed, double leastConfidence)
{
    /// <summary>True for each box that may stay.</summary>
    /// <param name="picture">What the boxes were found in.</param>
    /// <param name="boxes">Of one frame.</param>
    /// <param name="known">What identifies the patient.</param>
    public bool[] Decide(GrayImage picture, IReadOnlyList<PixelBox> boxes, KnownIdentifiers known)
    {
        var words = new KnownWords(known);
        bool[] stays = [.. boxes.Select(box => MayStay(reader.Read(picture, box), words))];
        BlankNeighbours(boxes, stays);
        return stays;
    }

    private bool MayStay(ReadText text, KnownWords known) =>
        text.IsComplete
        && text.Confidence >= leastConfidence
        && !known.AreIn(text.Text)
        && allowed.Allows(text.Text);

    /// <summary>A region beside one that is blanked may be the end of its name, so it is blanked too; and so on until nothing changes.</summary>
    private static void BlankNeighbours(IReadOnlyList<PixelBox> boxes, bool[] stays)
    {
        var isChanged = true;
        while (isChanged)
        {
            isChanged = false;
            for (var i = 0; i < boxes.Count; i++)
            {
                if (stays[i] && Enumerable.Range(0, boxes.Count).Any(other => !stays[other] && AreNeighbours(boxes[i], boxes[other])))
                {
                    stays[i] = false;
                    isChanged = true;
                }
            }
        }
    }

    private static bool AreNeighbours(PixelBox first, PixelBox second)
    {
        var reach = Math.Max(Math.Min(first.Width, first.Height), Math.Min(second.Width, second.Height));
        return new PixelBox(first.Left - reach, first.Top - (reach / 2), first.Right + reach, first.Bottom + (reach / 2)).Intersects(second);
    }
}
