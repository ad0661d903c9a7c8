using Smi.Deid.Reports;
using Smi.Deid.Text;
using Smi.Extraction.Settings;

namespace Smi.Extraction.Tests.Settings;

public sealed class TextSettingsTests
{
    [Fact]
    public void Reads_all_that_decides_about_texts()
    {
        var texts = Read("""
            TextOptions:
              Replacement: Surrogates
              MonthFirst: true
              UncleanableDocument: Refuse
              RuleFiles: [rules.json]
              DictionaryFolder: words
            """);

        Assert.Equal((TextReplacement.Surrogates, true, UncleanableDocument.Refuse), (texts.Replacement, texts.MonthFirst, texts.UncleanableDocument));
        Assert.Equal(["/conf/rules.json"], texts.RuleFiles);
        Assert.Equal("/conf/words", texts.DictionaryFolder);
    }

    [Fact]
    public void Writes_placeholders_without_settings() => Assert.Equal(TextReplacement.Placeholders, Read("").Replacement);

    [Fact]
    public void A_misspelt_key_is_an_error() => Assert.Throws<SettingsException>(() => Read("TextOptions: { Replacment: Surrogates }"));

    private static TextSettings Read(string yaml) => SettingsLoader.Read(new StringReader(yaml), "/conf/smi.yaml").Texts;
}
