using System.Globalization;
using System.Net;
using System.Text;

namespace Smi.Extraction.CohortPackager;

/// <summary>
/// A page for data managers, complete in one file: may it be released, what became of the files as a picture, some of the files to look at,
/// why others are not there, and the facts of the job.
/// </summary>
internal sealed class JobSummaryPage
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;color:#1c2733;max-width:62em;margin:2em auto;padding:0 1.5em}
        h1{font-size:1.6em;margin:0}h2{font-size:1.15em;margin:2em 0 .6em}.where{color:#5b6b7b;margin:.2em 0 1.4em}
        .verdict{border-left:.5em solid;padding:.8em 1.2em;border-radius:.3em;font-size:1.05em}
        .good{background:#e8f4ea;border-color:#2e7d32}.some{background:#fdf1e0;border-color:#c77700}.stop{background:#fdeaea;border-color:#c62828}
        .bar{display:flex;height:2.2em;border-radius:.3em;overflow:hidden;margin:.8em 0;background:#eef1f4}.bar span{min-width:3px}
        .legend{display:flex;flex-wrap:wrap;gap:.4em 2em}.legend b{font-size:1.3em}.dot{display:inline-block;width:.8em;height:.8em;border-radius:50%;margin-right:.5em}
        .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:1em}
        figure{margin:0;background:#10161c;border-radius:.3em;overflow:hidden;display:flex;flex-direction:column;min-height:215px}
        figure div{flex:1;display:flex;align-items:center;justify-content:center;padding:5px;color:#9fb0c0}figure img{max-width:180px;max-height:180px}
        figcaption{background:#eef1f4;color:#33404d;font-size:.85em;padding:.3em .7em}
        table{border-collapse:collapse;width:100%}td,th{text-align:left;font-weight:normal;padding:.3em 1em .3em 0;border-bottom:1px solid #e3e8ed;vertical-align:top}
        th{color:#5b6b7b;width:16em}.count{text-align:right;width:5em}.share{width:12em}.share span{display:block;height:.8em;border-radius:.2em;margin-top:.45em}
        @media print{body{margin:0}figure,.bar span{print-color-adjust:exact}}
        """;

    private readonly JobFacts _facts;
    private readonly StringBuilder _page = new();

    private JobSummaryPage(JobFacts facts) => _facts = facts;

    public static string Render(JobFacts facts) => new JobSummaryPage(facts).Render();

    private string Render()
    {
        var title = Text($"{_facts.Job.Project} / {_facts.Job.Name}");
        _page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n<style>\n{Style}\n</style></head><body>\n");
        _page.Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1><p class=\"where\">{(_facts.Job.IsIdentifiable ? "Identifiable extraction" : "De-identified extraction")}, completed {Text(_facts.CompletedAt)}</p>\n");
        AppendVerdict();
        AppendOutcomes();
        AppendPictures();
        AppendReasons("Why files were rejected", "#7a8794", _facts.Rejections.GroupBy(row => row[2]).Select(group => (group.Key, group.Sum(JobFacts.Count))));
        AppendReasons("Why files failed", "#c77700", _facts.Errors.GroupBy(row => row[1]).Select(group => (group.Key, (long)group.Count())));
        AppendReasons("Where the verification found something", "#c62828", _facts.Failures.GroupBy(failure => failure.ProblemField).Select(group => (group.Key, (long)group.Count())));
        AppendJob();
        return _page.Append("</body></html>\n").ToString();
    }

    private void AppendVerdict()
    {
        var (kind, sentence) = (_facts.Identifiable, _facts.Errors.Count) switch
        {
            ( > 0, _) => ("stop", $"<strong>Do not release yet.</strong> The verification found something in {Number(_facts.Identifiable)} files; each place is in verification_failures.csv."),
            _ when _facts.Job.IsIdentifiable => ("stop", "<strong>These files identify patients.</strong> They are unchanged copies of the originals, and nothing was verified."),
            (_, > 0) => ("some", $"<strong>{Number(_facts.Errors.Count)} files could not be extracted</strong>; processing_errors.csv says why. The others are complete, and nothing was found in them."),
            _ when _facts.Good == 0 => ("some", "<strong>There are no files.</strong> Nothing that was asked for could be extracted."),
            _ => ("good", "<strong>All files that were asked for are there</strong>, and the verification found nothing in them."),
        };
        _page.Append(CultureInfo.InvariantCulture, $"<p class=\"verdict {kind}\">{sentence}</p>\n");
        foreach (var notice in _facts.Notices)
        {
            _page.Append(CultureInfo.InvariantCulture, $"<p class=\"verdict some\">{Text(notice)}</p>\n");
        }
    }

    /// <summary>A bar in four parts, each as long as its share.</summary>
    private void AppendOutcomes()
    {
        (string Name, long Count, string Colour)[] parts =
        [
            ("extracted", _facts.Good, "#2e7d32"), ("rejected by a filter", _facts.Rejected, "#9aa7b4"), ("failed", _facts.Errors.Count, "#ef8f00"),
            ("with findings", _facts.Identifiable, "#c62828"),
        ];
        _page.Append("<h2>What became of the files</h2><div class=\"bar\" role=\"img\" aria-label=\"Shares of what became of the files\">");
        foreach (var (name, count, colour) in parts.Where(part => part.Count > 0))
        {
            _page.Append(CultureInfo.InvariantCulture, $"<span style=\"flex:{count};background:{colour}\" title=\"{Number(count)} {name}\"></span>");
        }

        _page.Append("</div><div class=\"legend\">");
        foreach (var (name, count, colour) in parts)
        {
            _page.Append(CultureInfo.InvariantCulture, $"<span><span class=\"dot\" style=\"background:{colour}\"></span><b>{Number(count)}</b> {name}</span>");
        }

        _page.Append("</div>\n");
    }

    private void AppendPictures()
    {
        if (_facts.Pictures.Count == 0)
        {
            return;
        }

        _page.Append("<h2>A few of the files, drawn by lot</h2><div class=\"pictures\">");
        foreach (var picture in _facts.Pictures)
        {
            var image = picture.Png is null ? "no image" : $"<img alt=\"\" src=\"data:image/png;base64,{Convert.ToBase64String(picture.Png)}\">";
            _page.Append(CultureInfo.InvariantCulture, $"<figure><div>{image}</div><figcaption>{Text(picture.Label)}</figcaption></figure>\n");
        }

        _page.Append("</div>\n");
    }

    private void AppendReasons(string title, string colour, IEnumerable<(string Reason, long Count)> rows)
    {
        var all = rows.OrderByDescending(row => row.Count).ToList();
        if (all.Count == 0)
        {
            return;
        }

        _page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><table>");
        foreach (var (reason, count) in all)
        {
            var share = Math.Max(1, 100 * count / all[0].Count);
            _page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"count\">{Number(count)}</td><td class=\"share\"><span style=\"width:{share}%;background:{colour}\"></span></td><td>{Text(reason)}</td></tr>\n");
        }

        _page.Append("</table>\n");
    }

    private void AppendJob()
    {
        _page.Append("<h2>The job</h2><table>");
        foreach (var (name, value) in _facts.Lines())
        {
            _page.Append(CultureInfo.InvariantCulture, $"<tr><th>{Text(name)}</th><td>{Text(value)}</td></tr>\n");
        }

        _page.Append("</table>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
