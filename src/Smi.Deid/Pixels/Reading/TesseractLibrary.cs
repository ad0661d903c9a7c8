using System.Runtime.InteropServices;

namespace Smi.Deid.Pixels.Reading;

/// <summary>The calls of Tesseract's C API (tesseract/capi.h, version 5) that reading needs, and how to tell whether the library is there.</summary>
internal static partial class TesseractLibrary
{
    public const string Name = "libtesseract.so.5";
    public const int SingleBlock = 6;
    public const int Word = 3;

    // Where an offline bundle has the library and its data, beside the folder of the program.
    private static readonly string s_beside = Path.GetFullPath("../native/tesseract", AppContext.BaseDirectory);

    /// <summary>Looks for the library; what it is given is kept for the life of the process.</summary>
    public static bool IsThere() => s_isThere.Value;

    private static readonly Lazy<bool> s_isThere = new(() =>
    {
        // Frames are worked on in parallel already; more threads inside each reading only wait for one another.
        _ = SetEnvironment("OMP_THREAD_LIMIT", "1", 0);
        // One that is loaded by its path serves every call by its name.
        return NativeLibrary.TryLoad(Name, out _) || NativeLibrary.TryLoad(Path.Combine(s_beside, Name), out _);
    });

    /// <summary>The data that came with this program, for a machine without any.</summary>
    public static string BundledData => Path.Combine(s_beside, "tessdata");

    [LibraryImport(Name, EntryPoint = "TessBaseAPICreate")]
    public static partial nint Create();

    [LibraryImport(Name, EntryPoint = "TessBaseAPIInit3", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Initialise(nint engine, string? dataPath, string language);

    [LibraryImport(Name, EntryPoint = "TessBaseAPISetVariable", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVariable(nint engine, string name, string value);

    [LibraryImport(Name, EntryPoint = "TessBaseAPISetPageSegMode")]
    public static partial void SetPageSegmentation(nint engine, int mode);

    [LibraryImport(Name, EntryPoint = "TessBaseAPISetImage")]
    public static unsafe partial void SetImage(nint engine, byte* samples, int width, int height, int bytesPerPixel, int bytesPerLine);

    [LibraryImport(Name, EntryPoint = "TessBaseAPISetSourceResolution")]
    public static partial void SetResolution(nint engine, int pixelsPerInch);

    [LibraryImport(Name, EntryPoint = "TessBaseAPIRecognize")]
    public static partial int Recognise(nint engine, nint monitor);

    /// <summary>0 when nothing was recognised.</summary>
    [LibraryImport(Name, EntryPoint = "TessBaseAPIGetIterator")]
    public static partial nint Results(nint engine);

    [LibraryImport(Name, EntryPoint = "TessResultIteratorGetPageIterator")]
    public static partial nint PageOf(nint results);

    /// <summary>UTF-8, to be given back with <see cref="DeleteText"/>.</summary>
    [LibraryImport(Name, EntryPoint = "TessResultIteratorGetUTF8Text")]
    public static partial nint Text(nint results, int level);

    /// <summary>0 … 100.</summary>
    [LibraryImport(Name, EntryPoint = "TessResultIteratorConfidence")]
    public static partial float Confidence(nint results, int level);

    [LibraryImport(Name, EntryPoint = "TessPageIteratorBoundingBox")]
    public static partial int Box(nint page, int level, out int left, out int top, out int right, out int bottom);

    [LibraryImport(Name, EntryPoint = "TessResultIteratorNext")]
    public static partial int Next(nint results, int level);

    [LibraryImport(Name, EntryPoint = "TessDeleteText")]
    public static partial void DeleteText(nint text);

    [LibraryImport(Name, EntryPoint = "TessResultIteratorDelete")]
    public static partial void DeleteResults(nint results);

    [LibraryImport(Name, EntryPoint = "TessBaseAPIClear")]
    public static partial void Clear(nint engine);

    [LibraryImport(Name, EntryPoint = "TessBaseAPIDelete")]
    public static partial void Delete(nint engine);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrites);
}
