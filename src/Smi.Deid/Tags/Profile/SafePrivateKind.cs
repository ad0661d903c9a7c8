namespace Smi.Deid.Tags.Profile;

/// <summary>What happens to a private attribute of the safe list.</summary>
internal enum SafePrivateKind
{
    Keep,

    /// <summary>Kept, moved or removed, as the retain options say of dates.</summary>
    Date,

    /// <summary>Replaced, unless UIDs are retained.</summary>
    Uid,

    /// <summary>A site's table takes it off the standard's list.</summary>
    Remove,
}
