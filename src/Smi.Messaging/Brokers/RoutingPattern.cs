namespace Smi.Messaging.Brokers;

/// <summary>Topic binding keys as AMQP defines them: words divided by dots, * stands for one word, # for any number.</summary>
internal static class RoutingPattern
{
    public static bool Matches(string pattern, string routingKey) =>
        Matches(pattern.Split('.'), routingKey.Length == 0 ? [] : routingKey.Split('.'));

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> words)
    {
        if (pattern.IsEmpty)
        {
            return words.IsEmpty;
        }

        if (pattern[0] == "#")
        {
            return Matches(pattern[1..], words) || (!words.IsEmpty && Matches(pattern, words[1..]));
        }

        return !words.IsEmpty && (pattern[0] == "*" || pattern[0] == words[0]) && Matches(pattern[1..], words[1..]);
    }
}
