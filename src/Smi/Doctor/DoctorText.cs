using Smi.Extraction.Doctor;
using Spectre.Console;

namespace Smi.Doctor;

/// <summary>The report for a terminal, or plain lines for a change record.</summary>
internal static class DoctorText
{
    private const int NameWidth = 32;

    public static void Print(DoctorReport report)
    {
        foreach (var topic in report.Topics)
        {
            AnsiConsole.MarkupLine($"[bold]{Markup.Escape(topic.Key)}[/]");
            foreach (var check in topic)
            {
                AnsiConsole.Markup(Mark(check.Verdict));
                // Written past the console's own wrapping, so that a line stays a line when it is pasted.
                Console.WriteLine($" {check.Name.PadRight(NameWidth)} {check.Detail}");
            }
        }

        AnsiConsole.MarkupLine($"[bold {(report.IsGo ? "green" : "red")}]{Markup.Escape(report.Conclusion)}[/]");
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Good => "[green]  good   [/]",
        Verdict.Warning => "[yellow]  warning[/]",
        Verdict.NoGo => "[red]  NO-GO  [/]",
        _ => "         ",
    };
}
