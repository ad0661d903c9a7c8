using Smi.Deid;
using Smi.Deid.Tags.Ctp;
using Smi.Verbs;

namespace Smi.Anonymise;

/// <summary>The policy of a CTP script file. Its faults and warnings are told before the first file is touched.</summary>
internal static class ScriptPolicy
{
    /// <exception cref="UsageException">Script or table is missing, or has a fault that could let an original value through.</exception>
    public static DeidPolicy Load(string path, string? lookup, bool isStrict, CleanOptions clean)
    {
        var table = lookup is null ? null : Read("the lookup table", lookup, CtpLookupTable.Load);
        var script = Read("the script", path, file => CtpScript.Load(file, new CtpScriptOptions { IsStrict = isStrict, Lookup = table }));
        return new DeidPolicy
        {
            Script = script,
            IsStrictCtp = isStrict,
            RefusesDirectories = false,
            RuleTexts = [script.Text, table?.Fingerprint ?? ""],
            Clean = clean,
        };
    }

    /// <summary>Says on the error stream what is wrong with the script and lets nothing through.</summary>
    public static void TellWarnings(DeidPolicy policy)
    {
        foreach (var warning in policy.Script?.Warnings ?? [])
        {
            Console.Error.WriteLine($"smi: warning: {policy.Script?.Name} {warning}");
        }

        if (policy.IsStrictCtp)
        {
            Console.Error.WriteLine("smi: --ctp-strict copies the leaks of the original; the output is for comparison and not for release");
        }
    }

    private static T Read<T>(string what, string path, Func<string, T> load)
    {
        try
        {
            return load(path);
        }
        catch (CtpScriptException exception)
        {
            throw new UsageException(exception.Message);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{what} {path} does not exist");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{what} {path} cannot be read; check its permissions, and that it is a file");
        }
    }
}
