namespace Smi.Dicom;

/// <summary>What PS3.5 6.2 and 7.1 say of each VR.</summary>
public static class VRTraits
{
    public static bool IsKnown(this VR vr) => vr is
        VR.AE or VR.AS or VR.AT or VR.CS or VR.DA or VR.DS or VR.DT or VR.FD or VR.FL or VR.IS or VR.LO or VR.LT or VR.OB or
        VR.OD or VR.OF or VR.OL or VR.OV or VR.OW or VR.PN or VR.SH or VR.SL or VR.SQ or VR.SS or VR.ST or VR.SV or VR.TM or
        VR.UC or VR.UI or VR.UL or VR.UN or VR.UR or VR.US or VR.UT or VR.UV;

    /// <summary>Two capital letters, known or not.</summary>
    public static bool LooksLikeVR(this VR vr) => ((ushort)vr & 0xFF) is >= 'A' and <= 'Z' && ((ushort)vr >> 8) is >= 'A' and <= 'Z';

    /// <summary>True when the explicit header has two reserved bytes and a 32-bit length (PS3.5 7.1.2).</summary>
    public static bool HasLongLength(this VR vr) => vr is
        VR.OB or VR.OD or VR.OF or VR.OL or VR.OV or VR.OW or VR.SQ or VR.SV or VR.UC or VR.UN or VR.UR or VR.UT or VR.UV;

    /// <summary>Character strings, whatever their repertoire.</summary>
    public static bool IsText(this VR vr) => vr is
        VR.AE or VR.AS or VR.CS or VR.DA or VR.DS or VR.DT or VR.IS or VR.LO or VR.LT or VR.PN or VR.SH or VR.ST or VR.TM or
        VR.UC or VR.UI or VR.UR or VR.UT;

    /// <summary>Strings that Specific Character Set (0008,0005) governs.</summary>
    public static bool UsesCharacterSet(this VR vr) => vr is VR.LO or VR.LT or VR.PN or VR.SH or VR.ST or VR.UC or VR.UT;

    /// <summary>Strings in which a backslash is text and not a delimiter of values.</summary>
    public static bool IsSingleText(this VR vr) => vr is VR.LT or VR.ST or VR.UT or VR.UR;

    /// <summary>Bytes of the unit whose order depends on the transfer syntax; 1 where order does not matter.</summary>
    public static int UnitSize(this VR vr) => vr switch
    {
        VR.AT or VR.OW or VR.SS or VR.US => 2,
        VR.FL or VR.OF or VR.OL or VR.SL or VR.UL => 4,
        VR.FD or VR.OD or VR.OV or VR.SV or VR.UV => 8,
        _ => 1,
    };

    /// <summary>What fills a value up to even length: NUL for UI and bytes, a space for other strings (PS3.5 6.2).</summary>
    public static byte Padding(this VR vr) => vr.IsText() && vr != VR.UI ? (byte)' ' : (byte)0;

    /// <summary>The two letters; "??" for bytes that are no letters.</summary>
    public static string Letters(this VR vr) =>
        vr.LooksLikeVR() ? new string([(char)((ushort)vr & 0xFF), (char)((ushort)vr >> 8)]) : "??";

    /// <summary>The VR of two letters, or <see cref="VR.None"/>.</summary>
    public static VR Parse(ReadOnlySpan<char> letters)
    {
        var vr = letters.Length == 2 ? (VR)(letters[0] | (letters[1] << 8)) : VR.None;
        return vr.IsKnown() ? vr : VR.None;
    }
}
