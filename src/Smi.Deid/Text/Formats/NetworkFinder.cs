using System.Buffers;
using Smi.Deid.Text.Tokens;

namespace Smi.Deid.Text.Formats;

/// <summary>E-mail addresses, URLs, network addresses and account names, read from the characters themselves.</summary>
internal sealed class NetworkFinder : ITextFinder
{
    private static readonly SearchValues<char> Delimiters = SearchValues.Create(" \t\r\n\f\v<>\"(),;[]{}|");
    private static readonly string[] UrlStarts = ["http://", "https://", "ftp://", "www.", "mailto:"];
    private static readonly string[] TopLevels = [".com", ".org", ".net", ".edu", ".gov", ".uk", ".scot", ".info", ".de", ".fr", ".ie", ".eu", ".us", ".ca", ".au"];

    public void Find(TokenizedText text, SpanCollector spans)
    {
        FindAt(text.Text, spans);
        foreach (var start in UrlStarts) FindUrls(text.Text, start, spans);
        FindDomains(text, spans);
        FindNetworkAddresses(text, spans);
    }

    private static void FindAt(string text, SpanCollector spans)
    {
        var earliest = 0;
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = Next(text, '@', at))
        {
            var start = at;
            while (start > earliest && !Delimiters.Contains(text[start - 1]) && text[start - 1] is not (':' or '=')) start--;
            var end = Trim(text, at + 1, EndOfRun(text, at + 1));
            earliest = Math.Max(end, at + 1);
            if (end <= at + 1 || !char.IsLetterOrDigit(text[at + 1])) continue;
            if (start < at) spans.Add(start, end, TextCategory.Email, SpanStrength.Format, "e-mail");
            else if (char.IsLetter(text[at + 1]) && end - at > 3) spans.Add(at, end, TextCategory.Id, SpanStrength.Format, "account name");
        }
    }

    private static int Next(string text, char character, int after) => after + 1 < text.Length ? text.IndexOf(character, after + 1) : -1;

    private static void FindUrls(string text, string scheme, SpanCollector spans)
    {
        for (var start = text.IndexOf(scheme, StringComparison.OrdinalIgnoreCase); start >= 0;)
        {
            var end = Trim(text, start, EndOfRun(text, start));
            if (end - start > scheme.Length) spans.Add(start, end, TextCategory.Url, SpanStrength.Format, "URL");
            start = end < text.Length ? text.IndexOf(scheme, Math.Max(end, start + 1), StringComparison.OrdinalIgnoreCase) : -1;
        }
    }

    /// <summary>pacs.example.org without a scheme.</summary>
    private static void FindDomains(TokenizedText text, SpanCollector spans)
    {
        for (var index = 1; index < text.Count - 1; index++)
        {
            if (!text.IsSymbol(index, '.') || !text.Glued(index) || !text.Glued(index + 1) || !text.IsWord(index + 1)) continue;
            var start = text[index - 1].Start;
            var run = EndOfRun(text.Text, start);
            var end = Trim(text.Text, start, run);
            var host = text.Text.AsSpan(start, end - start);
            var slash = host.IndexOf('/');
            if (slash >= 0) host = host[..slash];
            if (HasTopLevel(host)) spans.Add(StartOfHost(text.Text, start), end, TextCategory.Url, SpanStrength.Format, "host name");
            while (text.Exists(index + 1) && text[index + 1].Start < run) index++;
        }
    }

    private static bool HasTopLevel(ReadOnlySpan<char> host)
    {
        foreach (var level in TopLevels)
        {
            if (host.Length > level.Length + 1 && host.EndsWith(level, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static int StartOfHost(string text, int start)
    {
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '-')) start--;
        return start;
    }

    /// <summary>Four octets, or six pairs of hexadecimal digits.</summary>
    private static void FindNetworkAddresses(TokenizedText text, SpanCollector spans)
    {
        for (var index = 0; index < text.Count; index++)
        {
            if (EndOf(text, index, '.', 4, IsOctet) is var ip and > 0 && !text.IsSymbol(ip + 1, '.')) spans.Add(text, index, ip, TextCategory.Device, SpanStrength.Format, "network address");
            else if (EndOf(text, index, ':', 6, IsHexPair) is var mac and > 0 || (mac = EndOf(text, index, '-', 6, IsHexPair)) > 0) spans.Add(text, index, mac, TextCategory.Device, SpanStrength.Format, "network address");
        }
    }

    private static int EndOf(TokenizedText text, int index, char separator, int parts, Func<TokenizedText, int, bool> isPart)
    {
        if (!isPart(text, index) || (text.Glued(index) && text.IsSymbol(index - 1, separator))) return -1;
        for (var part = 1; part < parts; part++, index += 2)
        {
            if (!text.IsSymbol(index + 1, separator) || !text.Glued(index + 1) || !text.Glued(index + 2) || !isPart(text, index + 2)) return -1;
        }

        return index;
    }

    private static bool IsOctet(TokenizedText text, int index) => text.Value(index) is >= 0 and <= 255 && text[index].Length <= 3;

    private static bool IsHexPair(TokenizedText text, int index) =>
        text.Exists(index) && text[index].Length == 2 && char.IsAsciiHexDigit(text.Raw(index)[0]) && char.IsAsciiHexDigit(text.Raw(index)[1]);

    private static int EndOfRun(string text, int start)
    {
        var length = text.AsSpan(start).IndexOfAny(Delimiters);
        return length < 0 ? text.Length : start + length;
    }

    private static int Trim(string text, int start, int end)
    {
        while (end > start && text[end - 1] is '.' or ':' or '!' or '?' or '\'' or '’') end--;
        return end;
    }
}
