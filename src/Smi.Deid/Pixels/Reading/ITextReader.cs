using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Reading;

/// <summary>Reads text in regions of pictures; safe from many threads.</summary>
public interface ITextReader
{
    /// <param name="picture">One channel.</param>
    /// <param name="box">A region of it.</param>
    ReadText Read(GrayImage picture, PixelBox box);
}
