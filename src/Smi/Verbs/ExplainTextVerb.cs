using System.CommandLine;
using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using Smi.Dicom;
using Smi.ExplainText;

namespace Smi.Verbs;

/// <summary>A developer's tool: it prints values on purpose and says so.</summary>
internal static class ExplainTextVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A DICOM file, or a text file." };
        var rules = new Option<string[]>("--rules") { HelpName = "FILE", Description = "Rule files in the form of SemEHR, besides what is built in." };
        var dictionaries = new Option<string>("--dictionaries") { HelpName = "DIR", Description = "A folder of the site's own word lists." };
        return Verb.Create("explain-text", "Shows the texts of a file with what identifies, why, and by which rule.", "smi explain-text report.dcm", [file, rules, dictionaries], (parsed, _) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path))
            {
                throw new UsageException("the file does not exist");
            }

            Console.Error.WriteLine("This shows identifying values on purpose; do not keep or share what it prints.");
            Explain(path, Load(parsed.GetValue(dictionaries), parsed.GetValue(rules) ?? []));
            return Task.FromResult(0);
        });
    }

    private static TextCleaner Load(string? dictionaries, string[] rules)
    {
        try
        {
            return TextCleaner.Load(dictionaries, rules);
        }
        catch (Exception fault) when (fault is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException(fault.Message);
        }
    }

    private static void Explain(string path, TextCleaner cleaner)
    {
        var explanation = new TextExplanation(cleaner, Console.Out, inColour: !Console.IsOutputRedirected);
        try
        {
            using var source = DicomFile.Open(path);
            explanation.ShowAll(source.DataSet, IdentifierGatherer.Gather(source));
        }
        catch (DicomFormatException)
        {
            explanation.Show("text", File.ReadAllText(path), KnownIdentifiers.None, TextProfile.Report);
        }
    }
}
