namespace Smi.Deid.Files;

internal static class FileComparison
{
    private const int BlockLength = 256 * 1024;

    /// <summary>True when both files hold the same bytes.</summary>
    public static bool AreEqual(string left, string right)
    {
        using var first = File.OpenRead(left);
        using var second = File.OpenRead(right);
        if (first.Length != second.Length)
        {
            return false;
        }

        var (firstBlock, secondBlock) = (new byte[BlockLength], new byte[BlockLength]);
        while (first.ReadAtLeast(firstBlock, BlockLength, throwOnEndOfStream: false) is var count and > 0)
        {
            if (second.ReadAtLeast(secondBlock, count, throwOnEndOfStream: false) < count
                || !firstBlock.AsSpan(0, count).SequenceEqual(secondBlock.AsSpan(0, count)))
            {
                return false;
            }
        }

        return true;
    }
}
