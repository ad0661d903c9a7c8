using Smi.Extraction.Settings;

namespace Smi.Extraction.CohortExtractor.Rules;

/// <summary>A rule file in the form of the original's DynamicRules.txt: what it returns for a row is the reason to reject the file; null accepts it.</summary>
internal sealed class RuleScript : IRejector
{
    private readonly RuleStatement _script;
    private readonly string _path;

    private RuleScript(RuleStatement script, string path)
    {
        _script = script;
        _path = path;
    }

    /// <exception cref="SettingsException">The file cannot be read, or says something that is not understood.</exception>
    public static RuleScript Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"cannot read the rules {path}: {fault.Message}", fault);
        }
    }

    public static RuleScript Parse(string text, string path) => new(new RuleParser(new RuleLexer(text, path).Read(), path).Parse(), path);

    public Task<IReadOnlyList<string?>> RejectAsync(IReadOnlyList<CandidateFile> files, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string?>>([.. files.Select(Reject)]);

    private string? Reject(CandidateFile file)
    {
        if (!_script(file, out var result))
        {
            throw new InvalidOperationException($"{_path} ends without a return");
        }

        return result switch
        {
            null => null,
            string reason => reason,
            _ => throw new InvalidOperationException($"{_path} returns something that is not a string"),
        };
    }
}
