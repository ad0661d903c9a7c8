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
        var script = Load(path, lookup, isStrict);
        foreach (var warning in script.Warnings)
        {
            Console.Error.WriteLine($"smi: warning: {Path.GetFileName(path)} {warning}");
        }

        if (isStrict)
        {
            Console.Error.WriteLine("smi: --ctp-strict copies the leaks of the original; the output is for comparison and not for release");
        }

        return new DeidPolicy
        {
            Script = script,
            IsStrictCtp = isStrict,
            RefusesDirectories = false,
            RuleTexts = [script.Text],
            Clean = clean,
        };
    }

    public static CtpScript Load(string path, string? lookup, bool isStrict)
    {
        try
        {
            return CtpScript.Load(path, new CtpScriptOptions { IsStrict = isStrict, Lookup = lookup is null ? null : CtpLookupTable.Load(lookup) });
        }
        catch (CtpScriptException exception)
        {
            throw new UsageException(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--tags {path}: the script or its lookup table cannot be read; --tags takes basic or a file");
        }
    }
}
