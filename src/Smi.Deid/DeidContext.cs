using Smi.Deid.Identifiers;
using Smi.Deid.Pseudonyms;
using Smi.Dicom;

namespace Smi.Deid;

/// <summary>What the stages share while one file is worked on. Used by one thread.</summary>
public sealed class DeidContext : IDisposable
{
    private List<IDisposable> owned = [];

    public required DicomFile Source { get; init; }

    /// <summary>Where it was read, for rules that name files and for external tools; null when it was not a file. Never logged.</summary>
    public string? SourcePath { get; init; }

    /// <summary>As it was read; conditions, regions and rules are read from here.</summary>
    public DicomDataSet Original => Source.DataSet;

    /// <summary>What will be written: a copy whose items know the original items they were copied from.</summary>
    public required DicomDataSet Edited { get; set; }

    /// <summary>The transfer syntax of the output; a stage that changes the coding of Pixel Data changes it.</summary>
    public required TransferSyntax OutputSyntax { get; set; }

    public required Pseudonymiser Pseudonyms { get; init; }

    /// <summary>Whose file this is: what pseudonyms and date shifts hang on.</summary>
    public required PatientIdentity Patient { get; init; }

    /// <summary>What identifies this patient, gathered from the original before the first stage.</summary>
    public required KnownIdentifiers Known { get; init; }

    public required DeidPolicy Policy { get; init; }

    /// <summary>The moment that <c>@date()</c> and <c>@time()</c> of scripts mean: when the job was submitted.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Attributes that the policy keeps as they are: identifiers known from them are not searched for afterwards.</summary>
    public HashSet<DicomTag> KeptByPolicy { get; private init; } = [];

    public DeidReport Report { get; private init; } = new();

    /// <summary>The external tool that decided about the attributes, alone or behind our engine; null for none.</summary>
    public string? TagTool { get; internal set; }

    /// <summary>Our engine did not see the attributes.</summary>
    public bool IsTagToolAlone { get; internal set; }

    /// <summary>The same work on the same edited data set, with what a tool made of the original in the original's place.</summary>
    internal DeidContext ReadingFrom(DicomFile made) => new()
    {
        Source = made,
        SourcePath = SourcePath,
        Edited = Edited,
        OutputSyntax = OutputSyntax,
        Pseudonyms = Pseudonyms,
        Patient = Patient,
        Known = Known,
        Policy = Policy,
        Now = Now,
        KeptByPolicy = KeptByPolicy,
        Report = Report,
        TagTool = TagTool,
        IsTagToolAlone = IsTagToolAlone,
        owned = owned,
    };

    /// <summary>Keeps what the edited data set refers to, rewritten frames for instance, until the file is written.</summary>
    public void DisposeWhenWritten(IDisposable resource) => owned.Add(resource);

    public void Dispose()
    {
        foreach (var resource in owned)
        {
            resource.Dispose();
        }

        owned.Clear();
    }
}
