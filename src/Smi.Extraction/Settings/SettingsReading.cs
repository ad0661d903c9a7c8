using YamlDotNet.RepresentationModel;

namespace Smi.Extraction.Settings;

/// <summary>One reading of one settings file: its name for error messages, and the notes made on the way.</summary>
internal sealed class SettingsReading(string path)
{
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Every key whose value was asked for, with the sections it stands in.</summary>
    public IReadOnlySet<string> Keys => _keys;

    public void Ask(string key) => _keys.Add(key);

    public void Note(string note) => _notes.Add($"{path} {note}");

    public SettingsException Fault(YamlNode? node, string what) =>
        new(node is null ? $"{path}: {what}" : $"{path} line {node.Start.Line}: {what}");
}
