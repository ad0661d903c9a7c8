namespace Smi.Deid.Tags.Ctp;

internal enum ScriptEntryKind
{
    /// <summary><c>p</c>: <see cref="ScriptEntry.Key"/> is the name of a parameter.</summary>
    Parameter,

    /// <summary><c>e</c>: <see cref="ScriptEntry.Key"/> is group and element, divided by a comma.</summary>
    Element,

    /// <summary><c>k</c>: <see cref="ScriptEntry.Key"/> is a group or <c>safeprivateelements</c>.</summary>
    Keep,

    /// <summary><c>r</c>: <see cref="ScriptEntry.Key"/> is the name of a switch.</summary>
    Remove,
}

/// <summary>One enabled line of a script, whichever form the file has.</summary>
/// <param name="Name">The <c>n</c> of an element rule.</param>
/// <param name="At">Where the entry begins.</param>
internal sealed record ScriptEntry(ScriptEntryKind Kind, string Key, string Name, ScriptText Text, Location At);
