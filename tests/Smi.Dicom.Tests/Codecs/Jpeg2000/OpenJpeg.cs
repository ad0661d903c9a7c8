using System.ComponentModel;
using System.Diagnostics;
using Smi.Dicom.Codecs;

namespace Smi.Dicom.Tests.Codecs.Jpeg2000;

/// <summary>opj_compress and opj_decompress: sources in every coding style, and a second opinion of what is made of them.</summary>
internal static class OpenJpeg
{
    /// <param name="frame">Samples interleaved, little endian.</param>
    /// <param name="format">Of the frame.</param>
    /// <param name="options">Of opj_compress, apart by spaces.</param>
    public static byte[] Compress(byte[] frame, FrameFormat format, string options)
    {
        var codestream = TryCompress(frame, format, options);
        Assert.NotNull(codestream);
        return codestream;
    }

    /// <summary>Null where opj_compress fails, as it does with some of its options together.</summary>
    public static byte[]? TryCompress(byte[] frame, FrameFormat format, string options)
    {
        var sign = format.IsSigned ? "s" : "u";
        string[] arguments = ["-F", $"{format.Columns},{format.Rows},{format.SamplesPerPixel},{format.BitsStored},{sign}", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return Run("opj_compress", arguments, Planes(frame, format, isInterleaved: true), ".rawl", ".j2k");
    }

    /// <summary>Samples as <see cref="Compress"/> takes them; null where opj_decompress fails.</summary>
    public static byte[]? Decompress(byte[] codestream, FrameFormat format)
    {
        if (Run("opj_decompress", [], codestream, ".j2k", ".rawl") is not { } planes)
        {
            return null;
        }

        var frame = Planes(planes, format, isInterleaved: false);

        // It writes the bits of a sample alone, without its sign above them.
        for (var at = 1; format is { IsSigned: true, BytesPerSample: 2 } && at < frame.Length; at += 2)
        {
            frame[at] = (byte)((sbyte)(frame[at] << (16 - format.BitsStored)) >> (16 - format.BitsStored));
        }

        return frame;
    }

    /// <summary>Pixel by pixel to component by component, or back.</summary>
    private static byte[] Planes(byte[] samples, FrameFormat format, bool isInterleaved)
    {
        var (bytes, components) = (format.BytesPerSample, format.SamplesPerPixel);
        var pixels = samples.Length / bytes / components;
        var result = new byte[samples.Length];
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            for (var component = 0; component < components; component++)
            {
                var (together, apart) = (((pixel * components) + component) * bytes, ((component * pixels) + pixel) * bytes);
                var (from, to) = isInterleaved ? (together, apart) : (apart, together);
                samples.AsSpan(from, bytes).CopyTo(result.AsSpan(to));
            }
        }

        return result;
    }

    private static byte[]? Run(string program, string[] arguments, byte[] input, string inputName, string outputName)
    {
        var folder = Directory.CreateTempSubdirectory("smi-openjpeg-").FullName;
        var (source, target) = (Path.Combine(folder, "source" + inputName), Path.Combine(folder, "target" + outputName));
        try
        {
            File.WriteAllBytes(source, input);
            using var process = Process.Start(new ProcessStartInfo(program, [.. arguments, "-i", source, "-o", target]) { RedirectStandardError = true, RedirectStandardOutput = true });
            Assert.NotNull(process);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            errors.Wait(TestContext.Current.CancellationToken);
            return process.ExitCode == 0 && File.Exists(target) ? File.ReadAllBytes(target) : null;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed (apt-get install libopenjp2-tools)");
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
