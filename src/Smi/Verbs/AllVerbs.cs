using System.CommandLine;
using Smi.Services;

namespace Smi.Verbs;

/// <summary>Every verb of the program; a new one is one line here.</summary>
internal static class AllVerbs
{
    public static IEnumerable<Command> Create() =>
    [
        AnonymiseVerb.Create(),
        FindTextVerb.Create(),
        VerifyVerb.Create(),
        ExplainVerb.Create(),
        DumpVerb.Create(),
        ExplainTextVerb.Create(),
        SampleVerb.Create(),
        NewKeyVerb.Create(),
        DemoVerb.Create(),
        DoctorVerb.Create(),
        .. ServiceVerbs.All,
    ];
}
