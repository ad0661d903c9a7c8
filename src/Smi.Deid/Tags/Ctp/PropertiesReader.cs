using System.Globalization;
using System.Text;

namespace Smi.Deid.Tags.Ctp;

/// <summary>Reads Java properties: comments, continued lines, escapes; the key ends at the first unescaped =, : or blank.</summary>
internal sealed class PropertiesReader
{
    private readonly SourceText source;
    private readonly StringBuilder built = new();
    private readonly List<int> origins = [];
    private int position;

    private PropertiesReader(SourceText source) => this.source = source;

    /// <summary>All entries in the order of the file, duplicates included.</summary>
    public static IEnumerable<(string Key, ScriptText Value, Location At)> Read(SourceText source)
    {
        var reader = new PropertiesReader(source);
        while (reader.SkipToEntry())
        {
            var at = source.Locate(reader.position);
            var key = reader.Take(isKey: true).Text;
            reader.SkipDivider();
            yield return (key, reader.Take(isKey: false), at);
        }
    }

    private string Text => source.Text;

    private bool IsAtEnd => position >= Text.Length;

    private bool SkipToEntry()
    {
        while (!IsAtEnd)
        {
            if (Text[position] is '#' or '!')
            {
                while (!IsAtEnd && Text[position] is not ('\n' or '\r'))
                {
                    position++;
                }
            }
            else if (Text[position] is ' ' or '\t' or '\f' or '\n' or '\r')
            {
                position++;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void SkipDivider()
    {
        SkipBlanks();
        if (!IsAtEnd && Text[position] is '=' or ':')
        {
            position++;
            SkipBlanks();
        }
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd && (Text[position] is ' ' or '\t' or '\f' || SkipContinuation()))
        {
            if (!IsAtEnd && Text[position] is ' ' or '\t' or '\f')
            {
                position++;
            }
        }
    }

    private ScriptText Take(bool isKey)
    {
        built.Clear();
        origins.Clear();
        while (!IsAtEnd && Text[position] is not ('\n' or '\r'))
        {
            if (isKey && Text[position] is '=' or ':' or ' ' or '\t' or '\f' && isKey)
            {
                break;
            }

            if (!SkipContinuation())
            {
                TakeCharacter();
            }
        }

        return new ScriptText(source, built.ToString(), [.. origins]);
    }

    // A backslash before the end of a line joins it to the next one, without that one's leading blanks.
    private bool SkipContinuation()
    {
        if (Text[position] != '\\' || position + 1 >= Text.Length || Text[position + 1] is not ('\n' or '\r'))
        {
            return false;
        }

        position += Text.AsSpan(position + 1).StartsWith("\r\n") ? 3 : 2;
        while (!IsAtEnd && Text[position] is ' ' or '\t' or '\f')
        {
            position++;
        }

        return true;
    }

    private void TakeCharacter()
    {
        origins.Add(position);
        var character = Text[position++];
        if (character != '\\' || IsAtEnd)
        {
            built.Append(character);
            return;
        }

        var escaped = Text[position++];
        if (escaped == 'u' && position + 4 <= Text.Length
            && ushort.TryParse(Text.AsSpan(position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            position += 4;
            built.Append((char)code);
            return;
        }

        built.Append(escaped switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'f' => '\f', _ => escaped });
    }
}
