using Smi.Deid.Identifiers;
using Smi.Deid.Pseudonyms;
using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>Carries the rules of a profile out on one file.</summary>
internal sealed class AttributeEditor(ProfileTable table, CleanText? clean, DeidContext context)
{
    private readonly int dateShift = context.Pseudonyms.DateShift(context.Patient);

    public void Edit(DicomDataSet dataSet)
    {
        var safeBlocks = FindSafeBlocks(dataSet);
        dataSet.Rewrite(element => Count(element, element.Tag.IsPrivate ? EditPrivate(element, dataSet, safeBlocks) : EditStandard(element, dataSet)));
    }

    private DicomElement? Count(DicomElement before, DicomElement? after)
    {
        context.Report.Removed += after is null ? 1 : 0;
        context.Report.Replaced += after is not null && !ReferenceEquals(before, after) ? 1 : 0;
        return after;
    }

    // Creators of blocks in which something stays; found first, because the creator comes before its attributes.
    private HashSet<DicomTag> FindSafeBlocks(DicomDataSet dataSet)
    {
        var blocks = new HashSet<DicomTag>();
        if (context.Policy.Retain.HasFlag(RetainOptions.SafePrivate))
        {
            foreach (var element in dataSet.Elements)
            {
                if (element.Tag.IsPrivate && !element.Tag.IsPrivateCreator && EditSafe(element, dataSet) is not null)
                {
                    blocks.Add(element.Tag.PrivateCreatorTag);
                }
            }
        }

        return blocks;
    }

    private DicomElement? EditPrivate(DicomElement element, DicomDataSet holder, HashSet<DicomTag> safeBlocks) =>
        element.Tag.IsPrivateCreator ? safeBlocks.Contains(element.Tag) ? element : null
        : safeBlocks.Contains(element.Tag.PrivateCreatorTag) ? EditSafe(element, holder)
        : null;

    // E.3.10: "safe" holds for the value as the list describes it; another structure under the same number is not on the list.
    private DicomElement? EditSafe(DicomElement element, DicomDataSet holder)
    {
        if (context.Policy.SafePrivate.Find(holder, element.Tag) is not { } known)
        {
            return null;
        }

        return (element, known.Kind) switch
        {
            (SequenceElement sequence, SafePrivateKind.Keep) when known.VR == VR.SQ => EditItems(sequence),
            (ValueElement value, SafePrivateKind.Date) => EditPrivateDate(value, known.VR, holder),
            (ValueElement value, SafePrivateKind.Uid) => context.Policy.Retain.HasFlag(RetainOptions.Uids) ? value : ReplaceUid(value, VR.UI, holder),
            (ValueElement value, SafePrivateKind.Keep) when KeptValues.AreAsListed(value, known.VR) => value,
            _ => null,
        };
    }

    private DicomElement? EditPrivateDate(ValueElement element, VR vr, DicomDataSet holder) =>
        context.Policy.Retain.HasFlag(RetainOptions.LongitudinalFullDates) ? element
        : context.Policy.Retain.HasFlag(RetainOptions.LongitudinalModifiedDates) ? Shift(element, vr, holder, orElse: null)
        : null;

    private DicomElement? EditStandard(DicomElement element, DicomDataSet holder)
    {
        var rule = table.RuleFor(element.Tag);
        if (rule.Action == ProfileAction.Remove || IsMisplacedPixelData(element, holder))
        {
            return null;
        }

        return element switch
        {
            SequenceElement sequence => EditSequence(sequence, rule),
            ValueElement value => EditValue(value, rule, holder),
            _ => rule.Action == ProfileAction.Keep && element.Tag == DicomTags.PixelData ? element : null,
        };
    }

    private static bool IsMisplacedPixelData(DicomElement element, DicomDataSet holder) => element.Tag.Group == 0x7FE0 && holder.Parent is not null;

    private SequenceElement? EditSequence(SequenceElement sequence, ProfileRule rule)
    {
        if (DicomDictionary.Find(sequence.Tag)?.VR != VR.SQ || IsAlwaysRemoved(sequence.Tag))
        {
            return null;
        }

        if (sequence.Items.Count == 0)
        {
            return sequence;
        }

        // Clean Structured Content and Clean Graphics put the cleaned items back in their own stage.
        return rule.Action switch
        {
            ProfileAction.Empty => new SequenceElement(sequence.Tag, []),
            ProfileAction.Dummy when IsContent(sequence.Tag) => new SequenceElement(sequence.Tag, []),
            ProfileAction.Dummy when IsCoded(sequence) => DummyValues.For(sequence.Tag, VR.SQ, sequence.Items[0]) as SequenceElement,
            _ => EditItems(sequence),
        };
    }

    private SequenceElement EditItems(SequenceElement sequence)
    {
        foreach (var item in sequence.Items)
        {
            Edit(item);
        }

        return sequence;
    }

    // Small copies of the image with everything that is burned into it.
    private static bool IsAlwaysRemoved(DicomTag tag) => tag == DicomTags.IconImageSequence;

    private static bool IsContent(DicomTag tag) => tag == DicomTags.ContentSequence || tag == DicomTags.GraphicAnnotationSequence;

    private static bool IsCoded(SequenceElement sequence) =>
        sequence.Items.All(item => item.Contains(DicomTags.CodeValue) || item.Contains(DicomTags.CodeMeaning));

    private DicomElement? EditValue(ValueElement element, ProfileRule rule, DicomDataSet holder)
    {
        var vr = DicomDictionary.Find(element.Tag) is { } entry ? entry.VR : element.VR;
        if (vr == VR.SQ)
        {
            // Unreadable as items, so nobody knows what is in it.
            return element.Length == 0 ? element : null;
        }

        if (Pseudonym(element, holder) is { } pseudonym)
        {
            return holder.TextElement(element.Tag, vr, pseudonym);
        }

        return rule.Action switch
        {
            ProfileAction.Keep => Keep(element, vr, holder),
            ProfileAction.Empty => element.Length == 0 ? element : new ValueElement(element.Tag, vr, ReadOnlyMemory<byte>.Empty),
            ProfileAction.Dummy => element.Length == 0 ? element : Dummy(element, vr, holder),
            ProfileAction.ReplaceUid => ReplaceUid(element, vr, holder),
            ProfileAction.CleanText => Clean(element, vr, holder, knownOnly: false),
            ProfileAction.CleanKnown => Clean(element, vr, holder, knownOnly: true),
            ProfileAction.ShiftDate => vr == VR.TM ? element : Shift(element, vr, holder, new ValueElement(element.Tag, vr, ReadOnlyMemory<byte>.Empty)),
            _ => null,
        };
    }

    // A date that has to be there is one that fits this patient's other dates: the moved one, at midnight.
    private DicomElement Dummy(ValueElement element, VR vr, DicomDataSet holder)
    {
        var moved = vr is VR.DA or VR.DT ? DateShifter.Shift(DateOnly(holder.ValuesOf(element)), dateShift) : null;
        return string.IsNullOrEmpty(moved) ? DummyValues.For(element.Tag, vr, holder) : Moved(element.Tag, vr, holder, vr == VR.DA ? moved : moved + "000000");
    }

    // The day alone: of a date-time, or in the ACR-NEMA form yyyy.mm.dd, which the shifter reads as a whole.
    private static string DateOnly(IReadOnlyList<string> values) =>
        values is not [{ Length: >= 8 } first, ..] ? "" : first.Length == 10 && first[4] == '.' ? first : first[..8];

    private ValueElement? Keep(ValueElement element, VR vr, DicomDataSet holder)
    {
        if (!KeptValues.AreOfTheirKind(element, vr))
        {
            return vr.IsText() ? new ValueElement(element.Tag, vr, ReadOnlyMemory<byte>.Empty) : null;
        }

        if (IdentifierKinds.Of(element) is not null)
        {
            context.KeptByPolicy.Add(element.Tag);
        }

        return !element.VR.IsKnown() ? null : vr == VR.AS ? CappedAge(element, holder) : element;
    }

    // Ages over 89 make one group (45 CFR 164.514(b)(2)(i)(C)).
    private static ValueElement CappedAge(ValueElement element, DicomDataSet holder)
    {
        var values = holder.ValuesOf(element);
        var capped = values.Select(KeptValues.CappedAge).ToList();
        return capped.SequenceEqual(values) ? element : holder.TextElement(element.Tag, VR.AS, string.Join('\\', capped));
    }

    // Nested attributes may belong to other patients: the one of the item decides, with the issuer that stands beside it.
    private string? Pseudonym(ValueElement element, DicomDataSet holder)
    {
        if (element.Tag == DicomTags.PatientName)
        {
            return context.Pseudonyms.PatientName(PatientOf(holder));
        }

        return element.Tag == DicomTags.PatientId ? context.Pseudonyms.PatientId(PatientOf(holder)) : null;
    }

    private PatientIdentity PatientOf(DicomDataSet holder) =>
        holder.Original is { } original && PatientIdentity.OfItem(original, context.Policy) is { } patient ? patient : context.Patient;

    private ValueElement ReplaceUid(ValueElement element, VR vr, DicomDataSet holder)
    {
        var values = holder.ValuesOf(element);
        return values.Count == 0 || values.All(UidRegistry.IsWellKnown)
            ? element
            : holder.TextElement(element.Tag, vr, string.Join('\\', values.Select(context.Pseudonyms.Uid)));
    }

    private ValueElement Clean(ValueElement element, VR vr, DicomDataSet holder, bool knownOnly)
    {
        if (clean is null || !vr.UsesCharacterSet())
        {
            return new ValueElement(element.Tag, vr, ReadOnlyMemory<byte>.Empty);
        }

        var text = holder.TextOf(element);
        var cleaned = vr.IsSingleText() ? clean(text, context.Known, knownOnly) : string.Join('\\', text.Split('\\').Select(value => clean(value, context.Known, knownOnly)));
        return cleaned == text && element.VR.IsKnown() ? element : holder.TextElement(element.Tag, vr, cleaned);
    }

    private DicomElement? Shift(ValueElement element, VR vr, DicomDataSet holder, DicomElement? orElse) =>
        element.Length == 0 ? element
        : DateShifter.Shift(holder.TextOf(element), dateShift) is { } shifted ? Moved(element.Tag, vr, holder, shifted)
        : orElse;

    private ValueElement Moved(DicomTag tag, VR vr, DicomDataSet holder, string date)
    {
        context.Report.HasMovedDates |= date.Any(char.IsAsciiDigit);
        return holder.TextElement(tag, vr, date);
    }
}
