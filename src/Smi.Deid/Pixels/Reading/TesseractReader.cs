using System.Collections.Concurrent;
using Smi.Deid.Pixels.Detection;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Reading;

/// <summary>Tesseract, where it is installed, through its C API. Keeps as many engines as are used at the same time.</summary>
public sealed class TesseractReader : ITextReader, IDisposable
{
    /// <summary>The line that installs it.</summary>
    public const string HowToInstall = "apt-get install tesseract-ocr";

    /// <summary>How reports call it.</summary>
    internal const string ProgramName = "Tesseract";

    private const string Language = "eng";

    private readonly ConcurrentBag<TesseractEngine> idle;

    private TesseractReader(TesseractEngine first) => idle = [first];

    /// <summary>Null when the library or its English data are not installed.</summary>
    public static TesseractReader? Find() => TesseractEngine.Start(Language) is { } engine ? new TesseractReader(engine) : null;

    public ReadText Read(GrayImage picture, PixelBox box)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var part = RegionPicture.Of(picture, box.ClippedTo(picture.Width, picture.Height));
        var engine = idle.TryTake(out var waiting) ? waiting : TesseractEngine.Start(Language);
        if (engine is null)
        {
            throw new IOException($"{TesseractLibrary.Name} could not be started again");
        }

        var words = engine.Read(part.Samples, part.Width, part.Height);
        idle.Add(engine);
        return new ReadText
        {
            Text = string.Join(' ', words.Select(word => word.Text.Trim()).Where(text => text.Length > 0)),
            Confidence = words.Count == 0 ? 0 : words.Min(word => word.Confidence),
            IsComplete = part.IsCovered(words.Select(word => word.Box)),
        };
    }

    public void Dispose()
    {
        while (idle.TryTake(out var engine))
        {
            engine.Dispose();
        }
    }
}
