using System.CommandLine;
using Smi.Anonymise;
using Smi.Deid.Pseudonyms;

namespace Smi.Verbs;

/// <summary>What all verbs share: usage errors end with code 1 and one line.</summary>
internal static class Verb
{
    public static Command Create(string name, string summary, string example, IEnumerable<Symbol> symbols, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, $"{summary}\n\nExample: {example}");
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else if (symbol is Option option)
            {
                command.Options.Add(option);
            }
        }

        command.SetAction((parsed, cancellation) => Guard(run, parsed, cancellation));
        return command;
    }

    private static async Task<int> Guard(Func<ParseResult, CancellationToken, Task<int>> run, ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            return await run(parsed, cancellation);
        }
        catch (Exception exception) when (exception is UsageException or KeyFileException)
        {
            await Console.Error.WriteLineAsync($"smi: {exception.Message}");
            return ExitCode.Usage;
        }
        catch (OutputFaultException exception)
        {
            await Console.Error.WriteLineAsync($"smi: {exception.Message}");
            return ExitCode.Fault;
        }
    }
}
