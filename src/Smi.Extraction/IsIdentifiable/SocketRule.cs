using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Smi.Extraction.IsIdentifiable;

/// <summary>
/// SocketRules: asks a named entity recogniser over TCP. A value goes out with a NUL at its end; triples of classification, offset and
/// word come back, each with a NUL at its end, and one more NUL at the end of all.
/// </summary>
internal sealed class SocketRule(string host, int port) : IValueRule, IDisposable
{
    private const int LongestAnswer = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TcpClient? _client;

    public async Task<(RuleAction Action, IReadOnlyList<FailurePart> Parts)> ApplyAsync(string column, string value, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        var isAnswered = false;
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(Patience);
            var parts = Parse(await AskAsync(value, deadline.Token));
            isAnswered = true;
            return parts.Count == 0 ? (RuleAction.None, []) : (RuleAction.Report, parts);
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"the recogniser at {host}:{port} does not answer", fault);
        }
        catch (Exception fault) when (fault is SocketException or IOException or InvalidDataException)
        {
            throw new IOException($"the recogniser at {host}:{port} failed: {fault.GetType().Name}", fault);
        }
        finally
        {
            if (!isAnswered)
            {
                // After a broken or late answer the next bytes would belong to another question.
                Drop();
            }

            _turn.Release();
        }
    }

    public void Dispose()
    {
        Drop();
        _turn.Dispose();
    }

    private async Task<string> AskAsync(string value, CancellationToken cancellation)
    {
        if (_client is null)
        {
            _client = new TcpClient();
            await _client.ConnectAsync(host, port, cancellation);
        }

        var stream = _client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(value.Replace('\0', ' ') + "\0"), cancellation);
        var answer = new List<byte>();
        var one = new byte[4096];
        while (!EndsAnswer(answer))
        {
            var count = await stream.ReadAsync(one, cancellation);
            answer.AddRange(one.AsSpan(0, count));
            if (count == 0 || answer.Count > LongestAnswer)
            {
                throw new EndOfStreamException();
            }
        }

        return Encoding.UTF8.GetString([.. answer]);
    }

    private static bool EndsAnswer(List<byte> answer) =>
        (answer.Count == 1 && answer[0] == 0) || (answer.Count > 1 && answer[^1] == 0 && answer[^2] == 0);

    private static List<FailurePart> Parse(string answer)
    {
        var fields = answer.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length % 3 != 0)
        {
            throw new InvalidDataException();
        }

        return [.. fields.Chunk(3).Select(triple => new FailurePart
        {
            Classification = Enum.TryParse<FailureClassification>(triple[0].Trim(), ignoreCase: true, out var known)
                ? known
                : throw new InvalidDataException(),
            Offset = int.TryParse(triple[1].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset)
                ? offset
                : throw new InvalidDataException(),
            Word = triple[2],
        })];
    }

    private void Drop()
    {
        _client?.Dispose();
        _client = null;
    }
}
