using System.Globalization;
using System.Runtime.InteropServices;
using Smi.Deid.Samples;
using Smi.Dicom;

namespace Smi.Services.Bench;

/// <summary>
/// Synthetic CT slices of 16 bits, read-only. Few have contents of their own; the others are hard links to them, so that any number of
/// files is in the page cache.
/// </summary>
internal static partial class Originals
{
    private const int Distinct = 100;

    public static IReadOnlyList<string> Make(string folder, int size, int files)
    {
        Directory.CreateDirectory(folder);
        var first = Enumerable.Range(0, Math.Min(Distinct, files)).Select(number => Write(folder, size, number)).ToList();
        for (var number = first.Count; number < files; number++)
        {
            Link(Path.Combine(folder, first[number % first.Count]), Path.Combine(folder, Name(number)));
        }

        return [.. Enumerable.Range(0, files).Select(Name)];
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:D6}.dcm");

    private static string Write(string folder, int size, int number)
    {
        // Six slices of a patient each; other pixels, otherwise what a scanner sends.
        var sample = SampleHospital.Make(seed: number / 6)[number % 6];
        var pixels = new byte[size * size * 2];
        new Random(number).NextBytes(pixels);
        for (var high = 1; high < pixels.Length; high += 2)
        {
            pixels[high] &= 0x0F;
        }

        sample.DataSet.SetUInt16(DicomTags.Rows, (ushort)size);
        sample.DataSet.SetUInt16(DicomTags.Columns, (ushort)size);
        sample.DataSet.Set(new ValueElement(DicomTags.PixelData, VR.OW, pixels));
        var path = Path.Combine(folder, Name(number));
        using (var target = new FileStream(path, FileMode.Create))
        {
            sample.Write(target);
        }

        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        return Name(number);
    }

    private static void Link(string target, string link)
    {
        if (LinkFile(target, link) != 0)
        {
            throw new IOException($"cannot link {link}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkFile(string target, string link);
}
