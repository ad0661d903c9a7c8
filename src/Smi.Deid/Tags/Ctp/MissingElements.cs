using Smi.Dicom;
using Smi.Dicom.CharacterSets;

namespace Smi.Deid.Tags.Ctp;

/// <summary>Makes the attributes that a script wants and the file does not have; in the outermost data set only.</summary>
internal sealed class MissingElements(FileEdit file, CharacterSet encoding)
{
    /// <summary>The new elements, from the original as it is before any rule has run.</summary>
    public List<DicomElement> Make()
    {
        var made = new List<DicomElement>();
        foreach (var rule in file.Script.Inserting)
        {
            if (rule.Tag.Resolve(file.Run.Root) is { } tag && tag.Group >= 0x0008 && !file.Run.Contains(tag) && !file.Context.Original.Contains(tag)
                && Make(rule, tag) is { } element)
            {
                made.Add(element);
            }
        }

        return made;
    }

    private DicomElement? Make(CtpRule rule, DicomTag tag)
    {
        if (tag == DicomTags.DeidentificationMethodCodeSequence)
        {
            return MethodCodeSequence.Apply(rule, null, file.Run);
        }

        var vr = VRFor(tag);
        if (vr == VR.SQ)
        {
            return rule.InsertsSequence ? new SequenceElement(tag, []) : null;
        }

        if (file.IsStrict && ElementNames.IsLate(vr))
        {
            return null;
        }

        var value = file.Run.EvaluateMissing(rule, tag);
        if (file.Run.ProcessesItems)
        {
            return file.IsStrict ? Refuse(rule) : null;
        }

        var isText = Outcome.Of(value, file.IsStrict ? (Directives)~0 : file.Run.Directives);
        return isText.Kind switch
        {
            OutcomeKind.Keep => null,
            OutcomeKind.Remove when !file.IsStrict || value == DirectiveText.Remove => null,
            OutcomeKind.Blank or OutcomeKind.Empty => new ValueElement(tag, tag.IsPrivate ? VR.LO : vr, ReadOnlyMemory<byte>.Empty),
            _ => ValueWriter.Write(tag, tag.IsPrivate ? ValueWriter.PrivateVR(tag, value) : vr, value, encoding),
        };
    }

    private DicomElement? Refuse(CtpRule rule)
    {
        file.Run.Refuse($"@process() at line {rule.Line} is for a missing attribute that is no sequence");
        return null;
    }

    private VR VRFor(DicomTag tag) =>
        !file.IsStrict && DicomDictionary.Find(tag) is { VR: not VR.None } known ? known.VR : ElementNames.OriginalVR(tag);
}
