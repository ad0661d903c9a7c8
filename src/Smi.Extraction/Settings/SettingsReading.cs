using YamlDotNet.RepresentationModel;

namespace Smi.Extraction.Settings;

/// <summary>One reading of one settings file: its name for error messages, and the notes made on the way.</summary>
internal sealed class SettingsReading(string path)
{
    private readonly List<string> _notes = [];

    public IReadOnlyList<string> Notes => _notes;

    public void Note(string note) => _notes.Add($"{path} {note}");

    public SettingsException Fault(YamlNode? node, string what) =>
        new(node is null ? $"{path}: {what}" : $"{path} line {node.Start.Line}: {what}");
}
