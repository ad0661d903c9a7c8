using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Smi.Extraction.Settings;

/// <summary>
/// One mapping of the settings file while it is read. Every key is asked for by name; what nobody asked for is an error with its line,
/// unless the originals have it.
/// </summary>
internal sealed class YamlSection
{
    private readonly SettingsReading _reading;
    private readonly YamlMappingNode? _node;
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    public YamlSection(SettingsReading reading, string path, YamlMappingNode? node)
    {
        _reading = reading;
        Path = path;
        _node = node;
    }

    public string Path { get; }

    public bool IsThere => _node is not null;

    /// <summary>All keys, for sections whose keys are names; each must then be read as a section.</summary>
    public IReadOnlyList<string> Names => _node is null ? [] : [.. _node.Children.Keys.Select(Name)];

    /// <summary>True when the key is there and holds anything.</summary>
    public bool Has(string key) => Look(key) is { } node && !(node is YamlScalarNode scalar && IsEmpty(scalar));

    public string Text(string key, string otherwise) => OptionalText(key) ?? otherwise;

    /// <summary>Null when the key is missing or empty.</summary>
    public string? OptionalText(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => IsEmpty(scalar) ? null : scalar.Value,
        var other => throw Wrong(other, key, "one value"),
    };

    public bool Flag(string key, bool otherwise) => Find(key) switch
    {
        null => otherwise,
        YamlScalarNode scalar when IsEmpty(scalar) => otherwise,
        YamlScalarNode scalar when bool.TryParse(scalar.Value, out var value) => value,
        var other => throw Wrong(other, key, "true or false"),
    };

    public int Number(string key, int otherwise, int least = 0, int most = int.MaxValue) => Find(key) switch
    {
        null => otherwise,
        YamlScalarNode scalar when IsEmpty(scalar) => otherwise,
        YamlScalarNode scalar when int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most => value,
        var other => throw Wrong(other, key, $"a whole number from {least} to {most}"),
    };

    public TimeSpan Seconds(string key, double otherwise) => TimeSpan.FromSeconds(Find(key) switch
    {
        null => otherwise,
        YamlScalarNode scalar when IsEmpty(scalar) => otherwise,
        YamlScalarNode scalar when double.TryParse(scalar.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and < 86400 * 7 => value,
        var other => throw Wrong(other, key, "a number of seconds"),
    });

    /// <summary>A list, or one text with commas.</summary>
    public IReadOnlyList<string> Texts(string key) => Find(key) switch
    {
        null => [],
        YamlScalarNode scalar => (scalar.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        YamlSequenceNode list => [.. list.Children.Select(child => child is YamlScalarNode { Value: { } text } ? text : throw Wrong(child, key, "a list of values"))],
        var other => throw Wrong(other, key, "a list of values"),
    };

    public TEnum Choice<TEnum>(string key, TEnum otherwise) where TEnum : struct, Enum => OptionalText(key) is not { } text
        ? otherwise
        : Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? value
            : throw _reading.Fault(Find(key), $"{Path}.{key} must be one of {string.Join(", ", Enum.GetNames<TEnum>())}");

    public YamlSection Section(string key) => Find(key) switch
    {
        null => new(_reading, $"{Path}.{key}", null),
        YamlScalarNode scalar when IsEmpty(scalar) => new(_reading, $"{Path}.{key}", null),
        YamlMappingNode mapping => new(_reading, $"{Path}.{key}", mapping),
        var other => throw Wrong(other, key, "a section"),
    };

    public IReadOnlyList<YamlSection> Sections(string key) => Find(key) switch
    {
        null => [],
        YamlScalarNode scalar when IsEmpty(scalar) => [],
        YamlSequenceNode list => [.. list.Children.Select((child, index) => child is YamlMappingNode mapping
            ? new YamlSection(_reading, $"{Path}.{key}[{index}]", mapping)
            : throw Wrong(child, key, "a list of sections"))],
        var other => throw Wrong(other, key, "a list of sections"),
    };

    /// <summary>All keys with one value each; for sections whose keys are names, such as a table per modality.</summary>
    public IReadOnlyDictionary<string, string> AllTexts() =>
        _node is null ? new Dictionary<string, string>() : _node.Children.Keys.Select(Name).ToDictionary(name => name, name => OptionalText(name) ?? "");

    /// <summary>Keys of the originals that this program does not use; each that is set is noted.</summary>
    public YamlSection Unused(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Look(key) is { } node && node is not YamlScalarNode { Value: null or "" })
            {
                _reading.Note($"line {node.Start.Line}: {Path}.{key} is not used here");
            }
        }

        return this;
    }

    /// <summary>A switch of the originals that has no effect here; when it is on, a note says why.</summary>
    public void Replaced(string key, string reason)
    {
        if (Has(key) && Flag(key, false))
        {
            _reading.Note($"line {Find(key)?.Start.Line}: {Path}.{key} has no effect: {reason}");
        }
    }

    /// <summary>Fails on the first key that nobody asked for.</summary>
    public void Close()
    {
        foreach (var key in _node?.Children.Keys ?? [])
        {
            var name = Name(key);
            if (!_known.ContainsKey(name))
            {
                var near = _known.Keys.Where(known => Spelling.IsNear(known, name)).ToList();
                throw _reading.Fault(key, $"{Path} has no key {name}{(near.Count > 0 ? $"; did you mean {near[0]}?" : "")}");
            }
        }
    }

    public SettingsException Fault(string key, string what) => _reading.Fault(Look(key) ?? _node, $"{Path}.{key} {what}");

    private SettingsException Wrong(YamlNode node, string key, string expected) => _reading.Fault(node, $"{Path}.{key} must be {expected}");

    private YamlNode? Find(string key)
    {
        _reading.Ask($"{Path}.{key}");
        return Look(key);
    }

    private YamlNode? Look(string key)
    {
        _known[key] = key;
        return _node is not null && _node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    private string Name(YamlNode key) => key is YamlScalarNode { Value: { } name } ? name : throw _reading.Fault(key, $"a key of {Path} is not a word");

    private static bool IsEmpty(YamlScalarNode scalar) =>
        string.IsNullOrEmpty(scalar.Value) || (scalar.Style == YamlDotNet.Core.ScalarStyle.Plain && scalar.Value is "null" or "~");
}
