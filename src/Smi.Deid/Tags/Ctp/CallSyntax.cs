namespace Smi.Deid.Tags.Ctp;

/// <summary>A function call as it is written: name, arguments without their escapes, clauses in braces.</summary>
internal sealed class CallSyntax
{
    private readonly ScriptText text;
    private int position;

    private CallSyntax(ScriptText text, int start, int open)
    {
        this.text = text;
        At = text.Locate(start - 1);
        Name = string.Concat(text.Text[start..open].Where(character => !JavaText.IsWhiteSpace(character)));
        position = open + 1;
    }

    /// <summary>Where the @ stands.</summary>
    public Location At { get; }

    public string Name { get; }

    public IReadOnlyList<string> Arguments { get; private set; } = [];

    /// <summary>The clauses that were asked for and found.</summary>
    public IReadOnlyList<ScriptText> Clauses { get; private set; } = [];

    /// <summary>The index behind the call.</summary>
    public int End => position;

    /// <summary>What the original writes when it cannot execute a call.</summary>
    public string ArgumentText => $"({string.Join(',', Arguments)})";

    /// <summary>Reads a call from behind its @.</summary>
    /// <param name="clauseCount">How many clauses a function of a name has.</param>
    /// <returns>Null when there is no parenthesis or no end.</returns>
    public static CallSyntax? Parse(ScriptText text, int start, Func<string, int> clauseCount)
    {
        var open = text.Text.IndexOf('(', start);
        if (open < 0)
        {
            return null;
        }

        var call = new CallSyntax(text, start, open);
        if (!call.TakeArguments())
        {
            return null;
        }

        call.TakeClauses(clauseCount(call.Name));
        return call;
    }

    /// <summary>An argument with its quotes stripped; empty when it is missing.</summary>
    public string Unquoted(int index)
    {
        var argument = index < Arguments.Count ? Arguments[index] : "";
        return argument.Length >= 2 && argument[0] == '"' && argument[^1] == '"' ? argument[1..^1] : argument;
    }

    private bool TakeArguments()
    {
        var arguments = new List<string>();
        while (true)
        {
            SkipBlanks();
            if (position >= text.Length)
            {
                return false;
            }

            if (text[position] == ')')
            {
                position++;
                Arguments = arguments;
                return true;
            }

            if (TakeArgument() is not { } argument)
            {
                return false;
            }

            arguments.Add(argument);
        }
    }

    // Quotes, brackets and parentheses protect commas and parentheses; a backslash protects any character and vanishes.
    private string? TakeArgument()
    {
        var built = new System.Text.StringBuilder();
        var (inQuotes, brackets, parentheses) = (false, 0, 0);
        for (; position < text.Length; position++)
        {
            var character = text[position];
            if (character == '\\' && position + 1 < text.Length)
            {
                character = text[++position];
            }
            else if (!inQuotes && brackets == 0 && parentheses == 0 && character is ',' or ')')
            {
                position += character == ',' ? 1 : 0;
                return JavaText.Trim(built.ToString());
            }

            built.Append(character);
            inQuotes ^= character == '"';
            if (!inQuotes)
            {
                brackets = Math.Max(0, brackets + (character == '[' ? 1 : character == ']' ? -1 : 0));
                parentheses = Math.Max(0, parentheses + (character == '(' ? 1 : character == ')' ? -1 : 0));
            }
        }

        return null;
    }

    private void TakeClauses(int count)
    {
        var clauses = new List<ScriptText>();
        while (clauses.Count < count)
        {
            if (TakeClause() is not { } clause)
            {
                // The original drops what follows a call whose clause is missing.
                position = text.Length;
                break;
            }

            clauses.Add(clause);
        }

        Clauses = clauses;
    }

    private ScriptText? TakeClause()
    {
        SkipBlanks();
        if (position >= text.Length || text[position] != '{')
        {
            return null;
        }

        var start = ++position;
        for (var depth = 1; position < text.Length; position++)
        {
            depth += text[position] == '{' ? 1 : text[position] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return text.Part(start, position++ - start).Trim();
            }
        }

        return null;
    }

    private void SkipBlanks()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }
}
