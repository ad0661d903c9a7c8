using System.CommandLine;
using Smi.Demo;

namespace Smi.Verbs;

internal static class DemoVerb
{
    public static Command Create() => Verb.Create(
        "demo", "Shows the whole workflow in a temporary folder: sample, index, extract, anonymise, verify, package; a table and a picture of before and after.",
        "smi demo", [], (_, cancellation) => DemoRun.RunAsync(cancellation));
}
