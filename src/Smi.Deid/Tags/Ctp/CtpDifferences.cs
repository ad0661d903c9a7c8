namespace Smi.Deid.Tags.Ctp;

/// <summary>The deliberate differences, in the order of the page.</summary>
public static class CtpDifferences
{
    /// <summary>Without <c>--ctp-strict</c>.</summary>
    public static IReadOnlyList<CtpDifference> Safe { get; } =
    [
        new("verified", "Nobody looks at what was written.", "What identifies the patient in the original is searched for in the output: a text that still holds it is emptied, anything else refuses the file. What the script keeps is not searched for.", "A rule can copy a value to another attribute, and texts repeat names."),
        new("broken-script", "A script that is not well-formed yields no rules, and every file is copied through as OK.", "The program does not start. In strict mode too.", "A leak of everything."),
        new("byte-order-mark", "A script with a byte-order mark yields no rules.", "The mark is read.", "A leak of everything."),
        new("faulty-script", "Rules with a wrong tag, switches with a wrong name, calls without parentheses or end, wrong expressions and doubled rules are ignored or decided by chance.", "The program does not start and names line, column and way out.", "Each of them can let an original value through."),
        new("no-rules", "A script without rules copies every file.", "The program does not start.", "A leak of everything."),
        new("misfit", "A value that does not fit the VR is logged, and the original value stays.", "The attribute is emptied, or removed when its VR holds no text; the report says so.", "The original value is what the rule was to replace."),
        new("kept-sequences", "A sequence that is kept by a rule, a kept group or for want of a rule is copied whole.", "The rules go through its items at every depth. Where unspecified elements are removed, attributes without a rule stay only if PS3.15 table E.1-1 would keep them.", "A patient's name in an item is as much a name as outside."),
        new("emptied-sequences", "An empty result leaves a sequence with all its items.", "The sequence has no items.", "Empty means empty."),
        new("un-sequences", "A sequence stored as UN is left alone, by @process() too.", "It is treated as the sequence it is.", "A patient's name in it leaked."),
        new("unknown-vr", "An attribute stored as UN, or of a VR younger than the original's library, is read as bytes and cannot be written.", "It is read and written by the VR of the data dictionary.", "The rule means the attribute, not its encoding."),
        new("after-pixel-data", "Behind Pixel Data only some switches and @remove() count; everything else is copied raw, and dropped sequences spill their content.", "The rules hold there as everywhere.", "Whole patient names passed."),
        new("pixel-data-rule", "No rule can touch Pixel Data.", "@remove() removes it, and so does any other result but @keep(); the report says so.", "Whoever writes the rule wants it to hold."),
        new("image-extent", "Pixel Data are copied, however long they are.", "Native ones that are longer than the image are cut; shorter ones, and those of more frames than declared, refuse the file.", "What stands behind the image is none of it."),
        new("deflated-images", "Pixel Data of a deflated file is lost behind the deflated stream.", "The file is written as it should be.", "A ruined image."),
        new("nothing-left", "A file of which the script leaves no attribute is written without data set.", "It is refused.", "No DICOM file is without attributes."),
        new("remove-curves", "remove.curves alone removes nothing.", "Curves without a rule and outside kept groups are removed.", "The switch says so."),
        new("private-creators", "A private attribute with a rule stays while remove.privategroups takes its creator away.", "The creator of a block that still has attributes stays.", "Without it nobody can tell what the attributes are (PS3.5 7.8.1)."),
        new("private-blocks", "A rule for [CREATOR] means the block that this creator has in the outermost data set, in items too.", "Each item's own creators count.", "A rule would otherwise hit, or miss, another maker's attribute (PS3.5 7.8.1)."),
        new("signatures-and-padding", "Digital Signatures and Data Set Trailing Padding stay in files without Pixel Data.", "They are always removed.", "Signatures no longer hold and name their signers; padding may hold anything."),
        new("character-set-removed", "Specific Character Set can be removed while text stays that needs it, and later text is written in UTF-8.", "It stays while there is such text.", "The text would be misread, and so would a search for names in it."),
        new("character-set-changed", "A rule can declare another Specific Character Set without the text being written anew.", "The original declaration stays; the report says so.", "The text would be misread."),
        new("character-set-known", "A Specific Character Set that the library does not know becomes ISO_IR 100, GBK for instance.", "It stays where it is one of the standard's.", "The text would be misread."),
        new("character-set-extensions", "Text is written in the first of several character sets only; the rest becomes question marks.", "All of them are used.", "Names in other scripts are text too."),
        new("values-as-commands", "A value in the file that reads @keep() or @remove() is obeyed.", "Only the script, and the lookup table, can command.", "Whoever writes a file must not decide what stays in it."),
        new("negative-time-zones", "A date and time with a negative time zone is taken for a hyphenated date and comes out as garbage.", "The date is shifted and the rest stays.", "The result is no date."),
        new("removed-when-made", "A new attribute whose result holds @remove() beside other text is made with that text.", "It is not made.", "A rule that says remove means it."),
        new("process-on-missing", "@always()@process() for a missing attribute that is no sequence quarantines the file.", "Nothing is made.", "There is nothing to process."),
        new("vr-of-new-attributes", "A new attribute whose VR the library does not know alone becomes SH, or is not made.", "It has the VR of the data dictionary.", "PS3.5 7.1.2."),
        new("encrypt", "@encrypt() and @decrypt() kill the program on Java 9 and later.", "They work as the language says. In strict mode too.", "The values are the same as with older Java."),
        new("duplicates", "Of two attributes with one tag behind Pixel Data both stay.", "The last one stays and goes through the rules.", "The first one leaked."),
        new("regular-expressions", "Expressions run as long as they like.", "They run in linear time, or for 0.2 seconds and then the file is refused. Possessive quantifiers, classes within classes and a few rare escapes are refused when the script is loaded. In strict mode too.", "One value could stop the program."),
        new("more-files", "Files without preamble, with damaged file meta information or of unusual form are refused more often.", "What can be read without doubt is de-identified. In strict mode too.", "A lost file is a failure."),
    ];

    /// <summary>What strict mode does not copy.</summary>
    public static IReadOnlyList<CtpDifference> Strict { get; } =
    [
        new("hash-order", "Of two rules with one tag and different names the order of a hash table decides.", "The last one wins.", "The order depends on the Java version."),
        new("oversized-private-text", "Private text of more than 65,534 bytes is written with a length that has overflowed, and the rest of the file cannot be read.", "It is written as UN.", "Nothing can be compared with such a file."),
        new("spilled-item-headers", "A dropped sequence behind Pixel Data without remove.unspecifiedelements leaves the delimiters of its items at the outermost level.", "The sequence is dropped with what is in it.", "The original's file cannot be read."),
        new("private-dictionary", "With a private dictionary on its path, the original reads and writes private attributes by it.", "There is none, as in ctp-anon-cli.", "The dictionary is not part of what SmiServices runs."),
    ];
}
