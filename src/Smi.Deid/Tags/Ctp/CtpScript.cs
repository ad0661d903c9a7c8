using Smi.Dicom;

namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// A CTP anonymiser script, compiled to a table keyed by tag. Immutable: one object serves all files and threads. What is wrong in the
/// script was found when it was loaded.
/// </summary>
public sealed class CtpScript
{
    private readonly Dictionary<DicomTag, CtpRule> rules;
    private readonly Dictionary<(ushort Group, string Creator, byte Element), CtpRule> blockRules;

    internal CtpScript(string name, string text, IReadOnlyList<CtpRule> rules, CtpSwitches switches, FaultLog faults)
    {
        Name = name;
        Text = text;
        Rules = rules;
        Switches = switches;
        IsStrict = faults.IsStrict;
        Warnings = faults.InOrder;
        this.rules = rules.Where(rule => rule.Tag.Creator is null).ToDictionary(rule => rule.Tag.Tag);
        blockRules = rules.Where(rule => rule.Tag.Creator is not null).ToDictionary(rule => (rule.Tag.Tag.Group, rule.Tag.Creator ?? "", (byte)rule.Tag.Tag.Element));
        Inserting = [.. rules.Where(rule => rule.Inserts || rule.Tag.Tag == DicomTags.DeidentificationMethodCodeSequence)];
    }

    /// <summary>Its file name, for messages.</summary>
    public string Name { get; }

    /// <summary>As it stands in the file, for <see cref="DeidPolicy.RuleTexts"/>.</summary>
    public string Text { get; }

    /// <summary>The original's results, leaks included; for comparison only.</summary>
    public bool IsStrict { get; }

    /// <summary>What is wrong and lets nothing through; in strict mode all faults but broken XML.</summary>
    public IReadOnlyList<ScriptFault> Warnings { get; }

    internal IReadOnlyList<CtpRule> Rules { get; }

    internal CtpSwitches Switches { get; }

    /// <summary>Rules that make attributes that are missing.</summary>
    internal IReadOnlyList<CtpRule> Inserting { get; }

    /// <exception cref="CtpScriptException">The script has a fault that could let an original value through.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CtpScript Load(string path, CtpScriptOptions? options = null) => Parse(File.ReadAllBytes(path), path, options);

    /// <summary>Compiles a script that is already in memory.</summary>
    /// <param name="bytes">The file as it is.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="CtpScriptException">The script has a fault that could let an original value through.</exception>
    public static CtpScript Parse(byte[] bytes, string name, CtpScriptOptions? options = null)
    {
        options ??= new CtpScriptOptions();
        var faults = new FaultLog(options.IsStrict);
        var source = SourceText.Decode(bytes, faults);
        var script = CtpScriptCompiler.Compile(source, Path.GetFileName(name), options, faults);
        return faults.HasFatal ? throw new CtpScriptException(name, faults.InOrder) : script;
    }

    /// <summary>Every rule and switch in a plain sentence, in the order of tags.</summary>
    public IEnumerable<string> Explain() => CtpExplanation.Of(this);

    /// <param name="tag">The attribute.</param>
    /// <param name="dataSet">The data set whose private creators count.</param>
    internal CtpRule? FindRule(DicomTag tag, DicomDataSet dataSet)
    {
        if (rules.TryGetValue(tag, out var rule) || blockRules.Count == 0 || !tag.IsPrivate || tag.Element < 0x1000)
        {
            return rule;
        }

        return dataSet.GetString(tag.PrivateCreatorTag) is { } creator
            ? blockRules.GetValueOrDefault((tag.Group, creator, (byte)tag.Element))
            : null;
    }
}
