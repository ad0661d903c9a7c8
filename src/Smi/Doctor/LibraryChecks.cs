using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SkiaSharp;
using Smi.Deid.Pixels.Reading;
using Smi.Extraction.Doctor;

namespace Smi.Doctor;

/// <summary>Native libraries: which were found, and what goes without those that were not.</summary>
internal static class LibraryChecks
{
    public const string Topic = "libraries";

    public static IEnumerable<Check> Run() =>
    [
        Try("cryptography", "pseudonyms cannot be made: install libssl3", () =>
        {
            HMACSHA256.HashData([1], [2]);
            return Version(SafeEvpPKeyHandle.OpenSslVersion);
        }),
        Try("SQLite", "the embedded broker, index and job store cannot be used", () =>
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            return connection.ServerVersion;
        }),
        Try("pictures", "dump --frames, find-text on pictures and the pictures of reports cannot be used", () =>
        {
            using var bitmap = new SKBitmap(1, 1);
            return $"Skia {SkiaSharpVersion.Native}";
        }),
        Reading(),
    ];

    private static Check Reading()
    {
        using var reader = TesseractReader.Find();
        return reader is not null
            ? Check.Good(Topic, "reading burned-in text", "Tesseract with English data")
            : Check.Fact(Topic, "reading burned-in text", $"not found, so an allow-list saves nothing and all text that is found is blanked; {TesseractReader.HowToInstall}");
    }

    // Major in the upper four bits, minor in the next eight, patch in the twelve from bit 4.
    private static string Version(long openSsl) => $"OpenSSL {openSsl >> 28}.{(openSsl >> 20) & 0xFF}.{(openSsl >> 4) & 0xFFF}";

    private static Check Try(string name, string cost, Func<string> use)
    {
        try
        {
            return Check.Good(Topic, name, use());
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException or CryptographicException or SqliteException or PlatformNotSupportedException)
        {
            return Check.NoGo(Topic, name, $"not found: {cost}");
        }
    }
}
