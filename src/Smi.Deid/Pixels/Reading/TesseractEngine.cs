using System.Runtime.InteropServices;
using Smi.Dicom.Frames;

namespace Smi.Deid.Pixels.Reading;

/// <summary>One instance of Tesseract, which holds a picture at a time. Used by one thread at a time.</summary>
internal sealed class TesseractEngine : SafeHandle
{
    private const int AssumedResolution = 300;

    private TesseractEngine(nint engine)
        : base(0, ownsHandle: true) => SetHandle(engine);

    public override bool IsInvalid => handle == 0;

    /// <summary>Null when the library or its data for the language are not installed.</summary>
    public static TesseractEngine? Start(string language)
    {
        if (!TesseractLibrary.IsThere())
        {
            return null;
        }

        var engine = new TesseractEngine(TesseractLibrary.Create());
        // Its remarks would go to standard error.
        _ = TesseractLibrary.SetVariable(engine.handle, "debug_file", "/dev/null");
        if (engine.IsInvalid || !(engine.Initialise(null, language) || engine.Initialise(TesseractLibrary.BundledData, language)))
        {
            engine.Dispose();
            return null;
        }

        TesseractLibrary.SetPageSegmentation(engine.handle, TesseractLibrary.SingleBlock);
        return engine;
    }

    /// <summary>Words in reading order with their confidence, 0 … 100, and where they stand.</summary>
    /// <param name="samples">Eight bits a pixel, dark text on light, by rows.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    public unsafe IReadOnlyList<(string Text, float Confidence, PixelBox Box)> Read(ReadOnlySpan<byte> samples, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples.Length, width * height);
        try
        {
            fixed (byte* first = samples)
            {
                TesseractLibrary.SetImage(handle, first, width, height, 1, width);
            }

            TesseractLibrary.SetResolution(handle, AssumedResolution);
            return TesseractLibrary.Recognise(handle, 0) == 0 ? Words() : [];
        }
        finally
        {
            TesseractLibrary.Clear(handle);
        }
    }

    protected override bool ReleaseHandle()
    {
        TesseractLibrary.Delete(handle);
        return true;
    }

    private bool Initialise(string? dataPath, string language) => TesseractLibrary.Initialise(handle, dataPath, language) == 0;

    private List<(string Text, float Confidence, PixelBox Box)> Words()
    {
        var words = new List<(string, float, PixelBox)>();
        var results = TesseractLibrary.Results(handle);
        if (results == 0)
        {
            return words;
        }

        try
        {
            do
            {
                if (Word(results) is { } word)
                {
                    words.Add(word);
                }
            }
            while (TesseractLibrary.Next(results, TesseractLibrary.Word) != 0);
        }
        finally
        {
            TesseractLibrary.DeleteResults(results);
        }

        return words;
    }

    private static (string Text, float Confidence, PixelBox Box)? Word(nint results)
    {
        var utf8 = TesseractLibrary.Text(results, TesseractLibrary.Word);
        if (utf8 == 0)
        {
            return null;
        }

        try
        {
            _ = TesseractLibrary.Box(TesseractLibrary.PageOf(results), TesseractLibrary.Word, out var left, out var top, out var right, out var bottom);
            var text = Marshal.PtrToStringUTF8(utf8) ?? "";
            return (text, TesseractLibrary.Confidence(results, TesseractLibrary.Word), new PixelBox(left, top, right, bottom));
        }
        finally
        {
            TesseractLibrary.DeleteText(utf8);
        }
    }
}
