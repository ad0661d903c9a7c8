using System.Text.RegularExpressions;
using Smi.Deid.Tools.Protocols;

namespace Smi.Deid.Tools;

/// <summary>Finds what cannot work before a file is touched.</summary>
public static partial class ToolDefinitionCheck
{
    private static readonly string[] Placeholders = ["{source}", "{target}", "{work}", "{modality}"];

    /// <summary>What is wrong with a definition, and the way out; null when nothing is.</summary>
    public static string? Fault(ToolDefinition tool, string workFolder) =>
        NameFault(tool) ?? ProtocolFault(tool) ?? PlaceholderFault(tool) ?? BlankFault(tool, workFolder) ?? StageFault(tool);

    private static string? NameFault(ToolDefinition tool) =>
        tool.Name.Length is > 0 and <= 40 && tool.Name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.')
            ? null
            : $"the name of the tool '{tool.Name}' must be of letters, digits, dots and hyphens, 40 at most";

    private static string? ProtocolFault(ToolDefinition tool)
    {
        try
        {
            _ = new PlainLines(tool.Lines);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return $"the tool {tool.Name}: Success, Failure or Chatter is no pattern: {fault.Message}";
        }

        return tool.Protocol == ToolProtocol.LineDaemon && Regex.IsMatch("", $@"\A(?:{tool.Lines.Success})\z", RegexOptions.NonBacktracking)
            ? $"the tool {tool.Name}: an empty line would count as success; make Success say what the tool says"
            : null;
    }

    private static string? PlaceholderFault(ToolDefinition tool)
    {
        var texts = tool.Arguments.Concat(tool.Environment.Values).Append(tool.Lines.Request).Append(tool.Output);
        foreach (Match match in texts.SelectMany(text => PlaceholderPattern().Matches(text)))
        {
            if (!Placeholders.Contains(match.Value))
            {
                return $"the tool {tool.Name}: there is no placeholder {match.Value}; there are {string.Join(", ", Placeholders)}";
            }
        }

        return tool.Protocol == ToolProtocol.OneShot && !tool.Arguments.Any(argument => argument.Contains("{source}", StringComparison.Ordinal) || argument.Contains("{target}", StringComparison.Ordinal) || argument.Contains("{work}", StringComparison.Ordinal))
            ? $"the tool {tool.Name}: no argument names {{source}}, {{target}} or {{work}}, so it would not know its file"
            : null;
    }

    private static string? BlankFault(ToolDefinition tool, string workFolder) =>
        (tool.BreaksOnBlanks || tool.Protocol == ToolProtocol.LineDaemon) && workFolder.Any(char.IsWhiteSpace)
            ? $"the tool {tool.Name} cannot take paths with blanks, and the work folder has one; set ToolWorkFolder to another"
            : null;

    [GeneratedRegex(@"\{[a-z]+\}", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceholderPattern();

    // A report tool that read the original and wrote a file of its own would have decided about the attributes too.
    private static string? StageFault(ToolDefinition tool) =>
        tool.Stage == ToolStageKind.Tags && tool.Reads == ToolInput.Both
            ? $"the tool {tool.Name}: a tool for tags reads the original or the edited file; Reads: both is for reports and pixels"
            : null;
}
