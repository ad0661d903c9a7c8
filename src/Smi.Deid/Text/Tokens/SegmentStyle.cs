namespace Smi.Deid.Text.Tokens;

/// <summary>How a sentence or line is written; in capitals or title case a capital letter says nothing.</summary>
internal enum SegmentStyle : byte
{
    Sentence,
    Upper,
    Title,
}
