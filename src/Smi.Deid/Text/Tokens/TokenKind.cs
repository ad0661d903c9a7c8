namespace Smi.Deid.Text.Tokens;

internal enum TokenKind : byte
{
    /// <summary>Letters, with apostrophes inside (O'Brien).</summary>
    Word,

    /// <summary>Decimal digits only.</summary>
    Number,

    /// <summary>Letters and digits together (27B, A98735214).</summary>
    Mixed,

    /// <summary>A run of CJK ideographs, kana or hangul, which are written without spaces.</summary>
    Ideograph,

    /// <summary>One character of anything else.</summary>
    Symbol,
}
