using System.Diagnostics;
using System.Globalization;
using Smi.Deid.Identifiers;
using Smi.Deid.Tests.Reports;
using Smi.Deid.Text;

namespace Smi.Deid.Tests.Text;

/// <summary>Sizes that no report has. SMI_TEXT_MEGABYTES asks for the long form (eng/long.sh large_texts).</summary>
public sealed class LargeTextTests(ITestOutputHelper output)
{
    private const int Megabyte = 1024 * 1024;
    private const int DefaultMegabytes = 1;
    private const int ItemsOfARun = 1024;

    private static readonly int Megabytes = int.Parse(Environment.GetEnvironmentVariable("SMI_TEXT_MEGABYTES") ?? $"{DefaultMegabytes}", CultureInfo.InvariantCulture);

    [Fact]
    public void The_work_for_one_long_text_is_in_proportion_to_its_length()
    {
        var known = CleanerFixture.Patient("Quibbleston^Zebedee");
        var quarter = CleanerFixture.Cleaner.LooksAt(Prose(Megabytes * Megabyte / 4), known, TextProfile.Report);
        var whole = CleanerFixture.Cleaner.LooksAt(Prose(Megabytes * Megabyte), known, TextProfile.Report);
        Assert.InRange((double)whole / quarter, 3, 5);
    }

    [Fact]
    public void Cleans_one_long_text_to_its_end()
    {
        var text = Prose(Megabytes * Megabyte) + " Seen by Dr Zwibbelhorn.";
        var start = Processor();
        var spans = CleanerFixture.Cleaner.Find(text, KnownIdentifiers.None);
        output.WriteLine($"{text.Length / (double)Megabyte:F1} MB in {Processor() - start:F1} s of processor time");
        Assert.Equal("Zwibbelhorn", text.Substring(spans[^1].Start, spans[^1].Length));
    }

    [Fact]
    public void Cleans_a_report_of_many_items_to_its_end()
    {
        var items = Enumerable.Range(0, Megabytes * ItemsOfARun).Select(index => Prose(Megabyte / ItemsOfARun)).Append("Seen by Dr Zwibbelhorn.").ToArray();
        var start = Processor();
        var cleaned = ReportFixture.DeidentifyTexts(ReportFixture.Policy, items);
        output.WriteLine($"{items.Length} items in {Processor() - start:F1} s of processor time");
        Assert.Equal(items.Length, cleaned.Count);
        Assert.Equal("Seen by Dr [NAME].", cleaned[^1]);
    }

    private static double Processor() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static string Prose(int length)
    {
        const string report = "There is a small effusion in the suprapatellar recess, without loose bodies. The anterior cruciate ligament is intact; compared with 12/03/2011 nothing has changed.\n";
        return string.Concat(Enumerable.Repeat(report, length / report.Length + 1))[..length];
    }
}
