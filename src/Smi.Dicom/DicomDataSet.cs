using Smi.Dicom.CharacterSets;

namespace Smi.Dicom;

/// <summary>
/// A data set, or an item of a sequence: data elements in the order of the file, duplicates included. Reading an attribute that
/// stands there twice gives the last one.
/// </summary>
public sealed partial class DicomDataSet
{
    private readonly List<DicomElement> elements = [];
    private CharacterSet? characterSet;
    private bool isSorted = true;
    private bool isEdited;

    public DicomDataSet() : this(null, DataSetEncoding.ExplicitLittleEndian)
    {
    }

    internal DicomDataSet(DicomDataSet? parent, DataSetEncoding encoding)
    {
        Parent = parent;
        Encoding = encoding;
    }

    /// <summary>The data set whose sequence this item stands in; null for the outermost one.</summary>
    public DicomDataSet? Parent { get; private set; }

    /// <summary>The data set this one was copied from, item by item; null when it was not copied.</summary>
    public DicomDataSet? Original { get; private init; }

    public IReadOnlyList<DicomElement> Elements => elements;

    public int Count => elements.Count;

    /// <summary>Byte layout of the elements that come from a file.</summary>
    public DataSetEncoding Encoding { get; }

    /// <summary>The item's own Specific Character Set, or else that of the data set around it (PS3.3 C.12.1.1.2).</summary>
    public CharacterSet CharacterSet => characterSet ??= FindCharacterSet();

    /// <summary>True while it still holds exactly the elements it was read with, at every depth.</summary>
    public bool IsUntouched => !isEdited && elements.TrueForAll(element => element is not SequenceElement sequence || sequence.IsUntouched);

    /// <summary>The item stands in its file with its length, not with a delimiter.</summary>
    public bool HasDefinedLength { get; internal init; }

    public DicomElement? Find(DicomTag tag)
    {
        var index = IndexOf(tag);
        return index < 0 ? null : elements[index];
    }

    public ValueElement? FindValue(DicomTag tag) => Find(tag) as ValueElement;

    public SequenceElement? FindSequence(DicomTag tag) => Find(tag) as SequenceElement;

    public bool Contains(DicomTag tag) => IndexOf(tag) >= 0;

    /// <summary>Puts the element in place of every one with its tag, or where its tag belongs.</summary>
    public void Set(DicomElement element)
    {
        isEdited = true;
        ForgetCharacterSet(element.Tag);
        Adopt(element);
        var index = IndexOf(element.Tag);
        if (index < 0)
        {
            elements.Insert(InsertionPoint(element.Tag), element);
            return;
        }

        elements[index] = element;
        RemoveOthers(element.Tag, element);
    }

    public bool Remove(DicomTag tag)
    {
        ForgetCharacterSet(tag);
        var removed = elements.RemoveAll(element => element.Tag == tag) > 0;
        isEdited |= removed;
        return removed;
    }

    /// <summary>
    /// Passes every element once, in order, and puts what comes back in its place; null removes the element. Giving the same
    /// element back leaves it untouched.
    /// </summary>
    public void Rewrite(Func<DicomElement, DicomElement?> edit)
    {
        var kept = 0;
        for (var index = 0; index < elements.Count; index++)
        {
            var element = elements[index];
            var replacement = edit(element);
            if (!ReferenceEquals(element, replacement))
            {
                isEdited = true;
                ForgetCharacterSet(element.Tag);
            }

            if (replacement is not null)
            {
                Adopt(replacement);
                elements[kept++] = replacement;
            }
        }

        elements.RemoveRange(kept, elements.Count - kept);
    }

    /// <summary>A data set that can be edited without changing this one. Elements are shared, items are copied.</summary>
    public DicomDataSet Copy() => CopyInto(null);

    internal void Append(DicomElement element)
    {
        isSorted &= elements.Count == 0 || elements[^1].Tag < element.Tag;
        elements.Add(element);
    }

    internal void ReplaceLast(DicomElement element) => elements[^1] = element;

    internal void Truncate(int count) => elements.RemoveRange(count, elements.Count - count);

    private DicomDataSet CopyInto(DicomDataSet? parent)
    {
        var copy = new DicomDataSet(parent, Encoding)
        {
            Original = this,
            HasDefinedLength = HasDefinedLength,
            isEdited = isEdited,
            isSorted = isSorted,
            characterSet = characterSet,
        };
        copy.elements.EnsureCapacity(elements.Count);
        foreach (var element in elements)
        {
            copy.elements.Add(element is SequenceElement sequence ? copy.CopyOf(sequence) : element);
        }

        return copy;
    }

    private SequenceElement CopyOf(SequenceElement sequence) =>
        new(sequence.Tag, sequence.VR, sequence.Items.Select(item => item.CopyInto(this)).ToArray(), sequence.HasDefinedLength, sequence.Origin);

    private void Adopt(DicomElement element)
    {
        if (element is SequenceElement sequence)
        {
            foreach (var item in sequence.Items)
            {
                item.Parent = this;
            }
        }
    }

    private void RemoveOthers(DicomTag tag, DicomElement kept)
    {
        if (!isSorted)
        {
            elements.RemoveAll(element => element.Tag == tag && !ReferenceEquals(element, kept));
        }
    }

    private int IndexOf(DicomTag tag)
    {
        if (!isSorted)
        {
            return elements.FindLastIndex(element => element.Tag == tag);
        }

        var index = InsertionPoint(tag);
        return index < elements.Count && elements[index].Tag == tag ? index : -1;
    }

    private int InsertionPoint(DicomTag tag)
    {
        if (!isSorted)
        {
            var position = elements.FindIndex(element => element.Tag > tag);
            return position < 0 ? elements.Count : position;
        }

        var (low, high) = (0, elements.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = elements[middle].Tag < tag ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void ForgetCharacterSet(DicomTag tag)
    {
        if (tag == DicomTags.SpecificCharacterSet)
        {
            characterSet = null;
        }
    }

    private CharacterSet FindCharacterSet()
    {
        if (FindValue(DicomTags.SpecificCharacterSet) is { Length: > 0 and < 1024 } element)
        {
            var terms = System.Text.Encoding.Latin1.GetString(element.Value.ToMemory().Span).Split('\\');
            return CharacterSet.FromTerms(terms.Select(term => term.Trim(' ', '\0')).ToArray());
        }

        return Parent?.CharacterSet ?? CharacterSet.Default;
    }
}
