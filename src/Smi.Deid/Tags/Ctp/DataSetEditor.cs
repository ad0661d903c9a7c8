using Smi.Dicom;
using Smi.Dicom.CharacterSets;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// Takes one data set or item through the rules. Values are read from the original; the edited copy is written, element by element, in
/// the order of the file.
/// </summary>
internal sealed class DataSetEditor
{
    private readonly FileEdit file;
    private readonly DicomDataSet edited;
    private readonly bool isRoot;
    private readonly bool isKeptByName;
    private readonly PrivateCreators creators = new();
    private CharacterSet encoding;
    private DicomElement? lostCharacterSet;
    private PostPixelElements? postPixels;

    /// <param name="isKeptByName">The sequence around it is kept by a rule or as part of a kept group.</param>
    /// <param name="inherited">The character set that text is written in.</param>
    public DataSetEditor(FileEdit file, DicomDataSet edited, bool isRoot, bool isKeptByName, CharacterSet inherited)
    {
        this.file = file;
        this.edited = edited;
        this.isRoot = isRoot;
        this.isKeptByName = isKeptByName;
        encoding = !isRoot && edited.Contains(DicomTags.SpecificCharacterSet)
            ? OriginalCharacterSet.ForWriting(edited, file.IsStrict)
            : inherited;
    }

    public void Edit()
    {
        ElementOrder.Restore(edited, upTo: file.IsStrict && isRoot ? DicomTags.PixelData : null);
        edited.Rewrite(EditElement);
        postPixels?.AppendTo(edited);
        creators.Restore(edited);
        if (lostCharacterSet is not null && NonAsciiText.IsIn(edited))
        {
            edited.Set(lostCharacterSet);
            file.Note($"{DicomTags.SpecificCharacterSet} was kept, because text that stays needs it");
        }
    }

    private DicomElement? EditElement(DicomElement element)
    {
        var result = file.IsRefused ? element : Decide(element);
        if (result is not null)
        {
            creators.Keep(element.Tag);
        }
        else
        {
            file.CountRemoved();
        }

        if (element.Tag == DicomTags.SpecificCharacterSet)
        {
            return CharacterSetAfter(element, result);
        }

        return result;
    }

    private DicomElement? Decide(DicomElement element)
    {
        if (postPixels is not null)
        {
            return postPixels.Decide(element);
        }

        var tag = element.Tag;
        if (tag.IsGroupLength || (!file.IsStrict && IsTrailer(tag)))
        {
            return null;
        }

        if (isRoot && tag == DicomTags.PixelData)
        {
            return EditPixelData(element);
        }

        var rule = FindRule(tag);
        return IsSwitchedOff(tag, rule) ? Drop(element)
            : rule is null ? Keep(element, file.Script.Switches.RemovesUnspecified)
            : Apply(rule, element);
    }

    // Digital Signatures no longer hold and name their signers; padding may hold anything.
    private static bool IsTrailer(DicomTag tag) => tag == DicomTags.DataSetTrailingPadding || tag == DicomTags.DigitalSignaturesSequence;

    private CtpRule? FindRule(DicomTag tag) => file.Script.FindRule(tag, file.IsStrict ? file.Run.Root : file.Run.DataSet);

    private bool IsSwitchedOff(DicomTag tag, CtpRule? rule)
    {
        var switches = file.Script.Switches;
        var isUndecided = rule is null && !switches.Keeps(tag);
        return (isUndecided && switches.RemovesPrivate && tag.IsPrivate)
            || (isUndecided && switches.RemovesUnspecified && (!isKeptByName || FileEdit.IsIdentifying(tag)))
            || (switches.RemovesOverlays && CtpSwitches.IsOverlay(tag))
            || (!file.IsStrict && rule is null && switches.RemovesCurves && CtpSwitches.IsCurve(tag) && !switches.KeptGroups.Contains(tag.Group));
    }

    private DicomElement? Drop(DicomElement element)
    {
        if (!file.IsStrict)
        {
            creators.Dropped(element);
        }

        return null;
    }

    // The original copies a kept sequence whole; here the rules go through what is inside.
    private DicomElement Keep(DicomElement element, bool isByName)
    {
        if (!file.IsStrict && element is SequenceElement sequence)
        {
            EditItems(sequence, isByName);
        }

        return element;
    }

    private void EditItems(SequenceElement sequence, bool isByName)
    {
        foreach (var item in sequence.Items)
        {
            file.Run.Inside(item.Original ?? item, () => new DataSetEditor(file, item, isRoot: false, isByName, encoding).Edit());
        }
    }

    private DicomElement? EditPixelData(DicomElement element)
    {
        if (file.IsStrict)
        {
            postPixels = new PostPixelElements(file);
            return element;
        }

        if (FindRule(element.Tag) is not { } rule || OutcomeOf(rule, element.Tag).Kind == OutcomeKind.Keep || file.IsRefused)
        {
            return element;
        }

        file.Note($"{element.Tag} was removed by the rule at line {rule.Line}");
        return null;
    }

    private Outcome OutcomeOf(CtpRule rule, DicomTag tag) => rule.Constant ?? file.Run.Evaluate(rule, tag);

    private DicomElement? Apply(CtpRule rule, DicomElement element)
    {
        if (isRoot && element.Tag == DicomTags.DeidentificationMethodCodeSequence)
        {
            return MethodCodeSequence.Apply(rule, Keep(element, isByName: true), file.Run);
        }

        file.Run.ProcessesItems = false;
        var outcome = OutcomeOf(rule, element.Tag);
        var isProcessed = file.Run.ProcessesItems && element is SequenceElement && (!file.IsStrict || element.VR == VR.SQ);
        if (isProcessed && element is SequenceElement sequence)
        {
            EditItems(sequence, isByName: false);
        }

        return outcome.Kind switch
        {
            OutcomeKind.Keep => isProcessed ? element : Keep(element, isByName: true),
            OutcomeKind.Remove => null,
            OutcomeKind.Empty => Empty(element),
            _ => Write(rule, element, outcome.Text),
        };
    }

    private DicomElement? Empty(DicomElement element)
    {
        var isPrivate = element.Tag.IsPrivate;
        if (element is not ValueElement && !isPrivate)
        {
            return file.IsStrict ? element : element is SequenceElement ? new SequenceElement(element.Tag, []) : null;
        }

        file.CountReplaced();
        var vr = isPrivate ? VR.LO : OriginalText.VRFor(element, file.IsStrict);
        // Two blanks are what the original leaves of a name.
        return new ValueElement(element.Tag, vr, file.IsStrict && vr == VR.PN ? "  "u8.ToArray() : ReadOnlyMemory<byte>.Empty);
    }

    private DicomElement? Write(CtpRule rule, DicomElement element, string text)
    {
        if (text.Length == 0)
        {
            return Empty(element);
        }

        file.CountReplaced();
        var tag = element.Tag;
        var vr = tag.IsPrivate ? ValueWriter.PrivateVR(tag, text) : OriginalText.VRFor(element, file.IsStrict);
        var written = element is ValueElement || tag.IsPrivate ? ValueWriter.Write(tag, vr, text, encoding) : null;
        return written ?? (file.IsStrict ? element : Misfit(rule, element, vr));
    }

    private ValueElement? Misfit(CtpRule rule, DicomElement element, VR vr)
    {
        var isEmptied = element is ValueElement && (vr.IsText() || vr is VR.US or VR.SS or VR.UL or VR.SL or VR.FL or VR.FD or VR.AT);
        file.Note($"{element.Tag}: the result of the rule at line {rule.Line} is no value of VR {vr.Letters()}, so the attribute was {(isEmptied ? "emptied" : "removed")}");
        return isEmptied ? new ValueElement(element.Tag, vr, ReadOnlyMemory<byte>.Empty) : null;
    }

    // Text is written in the character set that the output declares, which the original takes for UTF-8 once it is gone.
    private DicomElement? CharacterSetAfter(DicomElement element, DicomElement? result)
    {
        if (ReferenceEquals(element, result) || file.IsRefused)
        {
            return result;
        }

        if (result is ValueElement { Length: > 0 } changed)
        {
            if (!file.IsStrict)
            {
                file.Note($"{element.Tag} was kept, because a rule cannot change the encoding of text that stays");
                return element;
            }

            encoding = OriginalCharacterSet.Named(edited.TextOf(changed));
            return result;
        }

        (encoding, lostCharacterSet) = file.IsStrict ? (OriginalCharacterSet.Utf8, null) : (encoding, element);
        return result;
    }
}
