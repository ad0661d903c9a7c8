using System.Globalization;
using System.Net;
using System.Text;
using Smi.Extraction.Doctor;

namespace Smi.Doctor;

/// <summary>The report as a page that needs nothing beside itself, to be printed or filed.</summary>
internal static class DoctorPage
{
    private const string Style = """
        body { font: 15px/1.45 sans-serif; max-width: 60em; margin: 2em auto; color: #222 }
        h1 { font-size: 1.5em } h2 { font-size: 1.1em; margin: 1.6em 0 .3em }
        table { border-collapse: collapse; width: 100% } td { padding: .25em .8em .25em 0; border-top: 1px solid #ddd; vertical-align: top }
        td:first-child { width: 5em } td:nth-child(2) { width: 15em }
        .conclusion { padding: .6em 1em; color: #fff; background: #2e7d32 } .conclusion.nogo { background: #c62828 }
        .good { color: #2e7d32 } .warning { color: #b26a00 } .nogo { color: #c62828; font-weight: bold }
        """;

    public static string Render(DoctorReport report)
    {
        var page = new StringBuilder($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>smi doctor</title>\n<style>\n{Style}\n</style></head><body>\n<h1>smi doctor</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{report.At:yyyy-MM-dd HH:mm:ss} UTC</p>\n<p class=\"conclusion{(report.IsGo ? "" : " nogo")}\">{Escape(report.Conclusion)}</p>\n");
        foreach (var topic in report.Topics)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(topic.Key)}</h2>\n<table>\n");
            foreach (var check in topic)
            {
                page.Append(CultureInfo.InvariantCulture, $"<tr>{Mark(check.Verdict)}<td>{Escape(check.Name)}</td><td>{Escape(check.Detail)}</td></tr>\n");
            }

            page.Append("</table>\n");
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Good => "<td class=\"good\">good</td>",
        Verdict.Warning => "<td class=\"warning\">warning</td>",
        Verdict.NoGo => "<td class=\"nogo\">NO-GO</td>",
        _ => "<td></td>",
    };

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
