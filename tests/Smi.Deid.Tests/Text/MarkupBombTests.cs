using Smi.Deid.Identifiers;

namespace Smi.Deid.Tests.Text;

/// <summary>Texts of markup without end, as no editor writes them: they take no more time and memory than others, and nothing hides behind them.</summary>
public sealed class MarkupBombTests
{
    private const int Length = 2_000_000;
    private const int MostBytesPerCharacter = 700;

    // What took the square of the length took minutes.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(12);

    [Theory]
    [InlineData("<p></p>", "<a")]
    [InlineData("<p></p>", "</")]
    [InlineData("<p></p>", "<!--")]
    [InlineData("<p></p>", "<a x=\"")]
    [InlineData("<p></p>", "<div>")]
    [InlineData("<p></p>", "&#x41;")]
    [InlineData("<p></p>&#", "9")]
    [InlineData("<p></p>", "&amp;#")]
    [InlineData("<p ", "x='1' ")]
    public Task HTML_without_end_is_cleaned_to_its_end(string start, string unit) => AssertCleanedAsync(start, unit);

    [Theory]
    [InlineData(@"{\rtf1 ", "{")]
    [InlineData(@"{\rtf1 ", "}")]
    [InlineData(@"{\rtf1 ", @"{\b ")]
    [InlineData(@"{\rtf1 ", @"{\")]
    [InlineData(@"{\rtf1 {\", "a")]
    [InlineData(@"{\rtf1 \bin", "9")]
    [InlineData(@"{\rtf1 ", @"\u65?")]
    [InlineData(@"{\rtf1 ", @"\'")]
    [InlineData(@"{\rtf1 ", @"\par")]
    public Task RTF_without_end_is_cleaned_to_its_end(string start, string unit) => AssertCleanedAsync(start, unit);

    [Fact]
    public Task Names_and_terms_without_end_are_told_apart_to_the_end() => AssertCleanedAsync("", "Mr Zwobble: Le Fort. ");

    private static async Task AssertCleanedAsync(string start, string unit)
    {
        var text = start + string.Concat(Enumerable.Repeat(unit, Length / unit.Length)) + "\nSeen by Dr Zwibbelhorn.";
        var work = Task.Run(() => Clean(text), TestContext.Current.CancellationToken);
        var (cleaned, allocated) = await work.WaitAsync(MostTime, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Zwibbelhorn", cleaned, StringComparison.Ordinal);
        Assert.InRange(allocated / text.Length, 0, MostBytesPerCharacter);
    }

    private static (string Cleaned, long Allocated) Clean(string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var cleaned = CleanerFixture.Cleaner.Clean(text, KnownIdentifiers.None);
        return (cleaned, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
