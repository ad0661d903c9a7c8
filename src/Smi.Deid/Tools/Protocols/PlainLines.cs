using System.Text;
using System.Text.RegularExpressions;
using Smi.Deid.Tools.Processes;

namespace Smi.Deid.Tools.Protocols;

/// <summary>Lines as the settings describe them.</summary>
internal sealed class PlainLines : IDaemonProtocol
{
    // These cannot run away on any input (RegexOptions.NonBacktracking).
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly LineProtocol protocol;
    private readonly Regex success;
    private readonly Regex? chatter;

    /// <exception cref="ArgumentException">A pattern is none.</exception>
    public PlainLines(LineProtocol protocol)
    {
        this.protocol = protocol;
        success = new Regex($@"\A(?:{protocol.Success})\z", Options);
        chatter = protocol.Chatter is { } pattern ? new Regex($@"\A(?:{pattern})", Options) : null;
        _ = new Regex(protocol.Failure, Options);
    }

    public bool IsReady(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line) == protocol.Ready;

    public byte[] Request(ToolFolder folder) => Encoding.UTF8.GetBytes(folder.Fill(protocol.Request) + "\n");

    public LineMeaning Judge(ReadOnlySpan<byte> line, ToolFolder folder)
    {
        var text = Encoding.UTF8.GetString(line);
        return success.IsMatch(text) ? LineMeaning.Success
            : FailureFor(folder).IsMatch(text) ? LineMeaning.Failure
            : chatter?.IsMatch(text) == true ? LineMeaning.Chatter
            : LineMeaning.Doubt;
    }

    // The paths of a request are its own, so a failure that names them belongs to it.
    private Regex FailureFor(ToolFolder folder) => new(
        @"\A(?:" + protocol.Failure
            .Replace("{source}", Regex.Escape(folder.Source), StringComparison.Ordinal)
            .Replace("{target}", Regex.Escape(folder.Target), StringComparison.Ordinal) + ")",
        Options);
}
