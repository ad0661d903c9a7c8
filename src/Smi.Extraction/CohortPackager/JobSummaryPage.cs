using System.Globalization;
using System.Net;
using System.Text;

namespace Smi.Extraction.CohortPackager;

/// <summary>A page for data managers: one picture of what became of the files, the facts of the job, and why files are not there.</summary>
internal static class JobSummaryPage
{
    private const int Width = 720;

    public static string Render(JobFacts facts)
    {
        var title = WebUtility.HtmlEncode($"{facts.Job.Project} / {facts.Job.Name}");
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>{title}</title>
            <style>body{"{"}font-family:sans-serif;max-width:50em;margin:2em auto{"}"}td,th{"{"}text-align:left;padding:.2em 1em .2em 0{"}"}</style>
            </head><body><h1>{title}</h1>
            """);
        page.Append(Verdict(facts)).Append(Picture(facts)).Append("<h2>The job</h2><table>");
        foreach (var (name, value) in facts.Lines())
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th>{WebUtility.HtmlEncode(name)}</th><td>{WebUtility.HtmlEncode(value)}</td></tr>");
        }

        page.Append("</table>");
        Append(page, "Why files were rejected", facts.Rejections.GroupBy(row => row[2]).Select(group => (group.Key, group.Sum(row => long.Parse(row[1], CultureInfo.InvariantCulture)))));
        Append(page, "Why files failed", facts.Errors.GroupBy(row => row[1]).Select(group => (group.Key, (long)group.Count())));
        Append(page, "Where the verification found something", facts.Failures.GroupBy(failure => failure.ProblemField).Select(group => (group.Key, (long)group.Count())));
        return page.Append("</body></html>\n").ToString();
    }

    private static string Verdict(JobFacts facts) => (facts.Identifiable, facts.Errors.Count) switch
    {
        (> 0, _) => "<p><strong>Do not release:</strong> the verification found something in these files; see verification_failures.csv.</p>",
        (_, > 0) => "<p>Some files could not be extracted; see processing_errors.csv. The others are complete and nothing was found in them.</p>",
        _ => "<p>All files that were asked for are there, and nothing was found in them.</p>",
    };

    /// <summary>A bar in four parts, each as long as its share.</summary>
    private static string Picture(JobFacts facts)
    {
        (string Name, long Count, string Colour)[] parts =
        [
            ("extracted", facts.Good, "#2e7d32"), ("rejected", facts.Rejected, "#9e9e9e"), ("failed", facts.Errors.Count, "#ef6c00"),
            ("with findings", facts.Identifiable, "#c62828"),
        ];
        var all = Math.Max(1, parts.Sum(part => part.Count));
        var picture = new StringBuilder();
        picture.Append(CultureInfo.InvariantCulture, $"<svg width=\"{Width}\" height=\"70\" role=\"img\" aria-label=\"What became of the files\">");
        double left = 0;
        var label = 0;
        foreach (var (name, count, colour) in parts)
        {
            var length = (double)Width * count / all;
            picture.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left:F1}\" y=\"0\" width=\"{length:F1}\" height=\"30\" fill=\"{colour}\"/>");
            picture.Append(CultureInfo.InvariantCulture, $"<text x=\"{label}\" y=\"55\" font-size=\"14\" fill=\"{colour}\">{count} {name}</text>");
            left += length;
            label += Width / parts.Length;
        }

        return picture.Append("</svg>").ToString();
    }

    private static void Append(StringBuilder page, string title, IEnumerable<(string Reason, long Count)> rows)
    {
        var all = rows.OrderByDescending(row => row.Count).ToList();
        if (all.Count == 0)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><table>");
        foreach (var (reason, count) in all)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{count}</td><td>{WebUtility.HtmlEncode(reason)}</td></tr>");
        }

        page.Append("</table>");
    }
}
