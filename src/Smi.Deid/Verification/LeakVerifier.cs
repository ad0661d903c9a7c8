using System.Text;
using Smi.Deid.Identifiers;
using Smi.Dicom;

namespace Smi.Deid.Verification;

/// <summary>
/// Looks through every byte that is written except native pixel values: attributes of every VR at every depth, file meta information,
/// preamble, and what stands behind the data set.
/// </summary>
public sealed class LeakVerifier : IVerifier
{
    private const int BlockLength = 64 * 1024;

    // Blocks overlap, so that what lies across their border is found.
    private const int Overlap = 1024;

    public IReadOnlyList<Finding> Verify(string path, KnownIdentifiers known, CancellationToken cancellation)
    {
        using var file = DicomFile.Open(path);
        if (file.TrailingBytes.Length > 0)
        {
            throw new DicomFormatException("the staged file holds bytes behind its data set", file.TrailingBytes.Offset);
        }

        return Find(file, known, cancellation);
    }

    /// <summary>What of these identifiers stands in a file, trailing bytes aside.</summary>
    public static IReadOnlyList<Finding> Find(DicomFile file, KnownIdentifiers known, CancellationToken cancellation)
    {
        var walk = new Walk(new TextSearch(new SearchTerms(known)), cancellation);
        if (file.FileMeta is not null)
        {
            walk.Search(file.FileMeta);
        }

        walk.Search(file.DataSet);
        return walk.Findings;
    }

    /// <summary>An identifier that stands in a path of folders and a file name, or null. Folders and name are looked at one by one.</summary>
    public static KnownIdentifier? FindInPath(string path, KnownIdentifiers known)
    {
        var search = new TextSearch(new SearchTerms(known));
        return path.Split('/').Select(part => search.Find(part, null)).FirstOrDefault(found => found is not null);
    }

    private delegate KnownIdentifier? BlockSearch(ReadOnlySpan<byte> block);

    private sealed class Walk(TextSearch search, CancellationToken cancellation)
    {
        private readonly List<(DicomTag Sequence, int Item)> steps = [];

        public List<Finding> Findings { get; } = [];

        public void Search(DicomDataSet dataSet)
        {
            foreach (var element in dataSet.Elements)
            {
                switch (element)
                {
                    case SequenceElement sequence:
                        SearchItems(sequence);
                        break;
                    case EncapsulatedElement encapsulated:
                        SearchFragments(encapsulated);
                        break;
                    case ValueElement value:
                        SearchValue(dataSet, value);
                        break;
                }
            }
        }

        private void SearchItems(SequenceElement sequence)
        {
            for (var item = 0; item < sequence.Items.Count; item++)
            {
                steps.Add((sequence.Tag, item));
                Search(sequence.Items[item]);
                steps.RemoveAt(steps.Count - 1);
            }
        }

        private void SearchFragments(EncapsulatedElement element)
        {
            if (!search.SearchesDigits)
            {
                return;
            }

            foreach (var fragment in element.Fragments)
            {
                Report(SearchBlocks(fragment, search.FindDigitsIn), element, isText: false);
            }
        }

        private void SearchValue(DicomDataSet dataSet, ValueElement element)
        {
            if (element.Length == 0 || element.Tag.Group == 0x7FE0 && steps.Count == 0)
            {
                return;
            }

            var vr = element.VR.IsKnown() && element.VR != VR.UN ? element.VR : VR.UN;
            if (vr == VR.UI)
            {
                Report(search.FindDigitsIn(dataSet.TextOf(element)), element, isText: false);
            }
            else if (vr is VR.DS or VR.IS or VR.DA or VR.TM or VR.DT)
            {
                Report(SearchNumber(dataSet.TextOf(element), element), element, isText: false);
            }
            else if (vr.IsText())
            {
                SearchText(dataSet, element, vr);
            }
            else
            {
                Report(SearchBlocks(element.Value, block => SearchBytes(dataSet, block)), element, isText: false);
            }
        }

        private void SearchText(DicomDataSet dataSet, ValueElement element, VR vr)
        {
            var values = dataSet.ValuesOf(element);
            for (var index = 0; index < values.Count; index++)
            {
                Report(search.Find(values[index], IdentifierKinds.Of(element)), element, isText: vr != VR.PN, index);
            }
        }

        // A measured number that happens to be somebody's ID gives nobody away; the ID's own attribute and long numbers do.
        private KnownIdentifier? SearchNumber(string text, ValueElement element) =>
            IdentifierKinds.Of(element) is { } kind ? search.Find(text, kind)
            : element.VR is VR.DA or VR.DT or VR.TM || text.Any(character => char.IsLetter(character) && character is not ('e' or 'E')) ? SearchOddNumber(text, element)
            : search.FindDigitsIn(text);

        // Dates are dates, shifted or kept by policy; letters in them are not.
        private KnownIdentifier? SearchOddNumber(string text, ValueElement element) =>
            text.Any(char.IsLetter) ? search.Find(text, null) : element.VR is VR.DA or VR.TM ? null : search.FindDigitsIn(text);

        private KnownIdentifier? SearchBytes(DicomDataSet dataSet, ReadOnlySpan<byte> block)
        {
            var found = search.Find(Encoding.Latin1.GetString(block), null);
            if (found is null && block.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0)
            {
                found = search.Find(Encoding.UTF8.GetString(block), null)
                    ?? search.Find(dataSet.CharacterSet.Decode(block, Dicom.CharacterSets.CharacterSetDelimiters.Text), null);
            }

            return found ?? (block.Count((byte)0) > block.Length / 4 ? SearchWide(block) : null);
        }

        private KnownIdentifier? SearchWide(ReadOnlySpan<byte> block) =>
            search.Find(Encoding.Unicode.GetString(block), null) ?? search.Find(Encoding.BigEndianUnicode.GetString(block), null);

        private KnownIdentifier? SearchBlocks(ByteSlice value, BlockSearch find)
        {
            for (long start = 0; start < value.Length; start += BlockLength - Overlap)
            {
                cancellation.ThrowIfCancellationRequested();
                var length = Math.Min(BlockLength, value.Length - start);
                if (find(value.Part(start, length).ToMemory().Span) is { } found)
                {
                    return found;
                }

                if (start + length == value.Length)
                {
                    break;
                }
            }

            return null;
        }

        private void Report(KnownIdentifier? found, DicomElement element, bool isText, int value = 0)
        {
            if (found is not null)
            {
                Findings.Add(new Finding(new ElementPath([.. steps], element.Tag), value, found.Kind, found.Source, isText));
            }
        }
    }
}
