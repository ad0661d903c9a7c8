using Smi.Terminal;

namespace Smi.Tests.Terminal;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain Übergröße 山田 😀", "plain Übergröße 山田 😀")]
    [InlineData("a\nb\tc\u001b[31m\u009b0m\u007f", @"a\u000Ab\u0009c\u001B[31m\u009B0m\u007F")]
    [InlineData("x\u202Ey\u2066z\u200F\u061C\u200B\uFEFF", @"x\u202Ey\u2066z\u200F\u061C\u200B\uFEFF")]
    [InlineData("\u2028\u2029", @"\u2028\u2029")]
    public void What_a_terminal_would_obey_or_hide_is_shown_as_its_number(string text, string shown) => Assert.Equal(shown, Printable.Of(text));

    [Fact]
    public void Half_a_surrogate_pair_is_shown_as_its_number() => Assert.Equal(@"half \uD83D", Printable.Of("half \uD83D"));
}
