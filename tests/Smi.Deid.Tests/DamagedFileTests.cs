using System.Globalization;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Samples;
using Smi.Dicom;
using Smi.Tests;

namespace Smi.Deid.Tests;

/// <summary>Whatever is done to a file, the journey ends in an outcome and never in another exception than a typed one.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private const int DefaultRounds = 250;
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public void A_damaged_file_is_deidentified_or_refused()
    {
        // eng/long.sh asks for more.
        var rounds = int.Parse(Environment.GetEnvironmentVariable("SMI_DAMAGED_FILES") ?? $"{DefaultRounds}", CultureInfo.InvariantCulture);
        var policy = new DeidPolicy { Clean = DeidentifierFactory.Built & ~CleanOptions.Pixels, Retain = RetainOptions.SafePrivate | RetainOptions.LongitudinalModifiedDates };
        var deidentifier = DeidentifierFactory.Create(policy, MasterKey.Random());
        var sources = Sources();
        for (var round = 0; round < rounds; round++)
        {
            var damaged = Damaged(sources[round % sources.Count], new Random(round));
            File.WriteAllBytes(Path.Combine(workplace.Source.Path, "a.dcm"), damaged);
            Try(() => deidentifier.Run(workplace.Job("a.dcm", overwrite: true), TestContext.Current.CancellationToken), round);
            Try(() => ReadEverything(damaged), round);
        }

        Assert.DoesNotContain(workplace.OutputFiles(), path => path.EndsWith(".part", StringComparison.Ordinal));
    }

    private static void Try(Action act, int round)
    {
        try
        {
            act();
        }
        catch (DicomFormatException)
        {
            // Typed: what reading promises.
        }
        catch (Exception exception)
        {
            Assert.Fail($"round {round}: {exception}");
        }
    }

    private static void ReadEverything(byte[] bytes)
    {
        using var file = DicomFile.Parse(bytes);
        ReadValues(file.DataSet);
        DicomWriter.WriteDataSet(Stream.Null, TransferSyntax.ImplicitLittleEndian, file.DataSet.Copy());
        DicomWriter.WriteDataSet(Stream.Null, TransferSyntax.ExplicitBigEndian, file.DataSet.Copy());
    }

    private static void ReadValues(DicomDataSet dataSet)
    {
        foreach (var element in dataSet.Elements)
        {
            if (element is SequenceElement sequence)
            {
                sequence.Items.ToList().ForEach(ReadValues);
            }
            else if (element is ValueElement { Length: < 1 << 20 } value)
            {
                dataSet.ValuesOf(value);
                NumericValues.Read(value);
            }
        }
    }

    private static List<byte[]> Sources()
    {
        var samples = SampleHospital.Make(1).Select(sample =>
        {
            using var bytes = new MemoryStream();
            sample.Write(bytes);
            return bytes.ToArray();
        });
        var real = SharedFiles.In("corpus").Concat(SharedFiles.In("golden/ctp/in")).Where(path => new FileInfo(path).Length < 300_000).Select(File.ReadAllBytes);
        return [.. samples.Concat(real).Where(bytes => bytes.Length is > 300 and < 300_000)];
    }

    // Headers are what matters: most changes fall into the first bytes, and often on a length.
    private static byte[] Damaged(byte[] source, Random random)
    {
        var bytes = source.ToList();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = 132 + random.Next(Math.Min(bytes.Count - 140, 6000));
            switch (random.Next(6))
            {
                case 0:
                    var length = BitConverter.GetBytes(random.Next(4) == 0 ? uint.MaxValue : (uint)random.Next(70_000));
                    bytes.RemoveRange(at, length.Length);
                    bytes.InsertRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 16)).Select(_ => (byte)random.Next(256)));
                    break;
                default:
                    Damage.Change(bytes, at, longest: 200, random);
                    break;
            }

            if (bytes.Count < 300)
            {
                break;
            }
        }

        return [.. bytes];
    }
}
