using System.CommandLine;
using Smi.Extraction.Settings;
using Smi.Services;

namespace Smi.Anonymise;

/// <summary>The options of the command line that make a policy; for every verb that needs one.</summary>
internal sealed class PolicyArguments
{
    private readonly Option<string> tags = new("--tags") { HelpName = "basic|FILE", Description = "basic, the Basic Profile of PS3.15 (the default), or a CTP script file." };
    private readonly Option<string> lookup = new("--lookup") { HelpName = "FILE", Description = "The table that @lookup of the script reads." };
    private readonly Option<bool> strict = new("--ctp-strict") { Description = "The original CTP's results, leaks included, for comparison only." };
    private readonly Option<string> retain = new("--retain") { HelpName = "LIST", Description = "Of uids, device, institution, patient, full-dates, modified-dates, safe-private; commas between." };
    private readonly Option<string> clean = new("--clean") { HelpName = "LIST", Description = "Of descriptors, structured-content, graphics, pixels, or none. Default: all." };
    private readonly Option<string> yaml = new("--yaml-file", "-y") { HelpName = "YAML", Description = "Settings: DeidOptions (where no option says otherwise), PixelOptions and TextOptions." };

    public IEnumerable<Option> All => [tags, lookup, strict, retain, clean, yaml];

    /// <summary>The settings file, where one was named.</summary>
    /// <exception cref="Verbs.UsageException">It cannot be read, or says something that nobody understands.</exception>
    public SmiSettings? Settings(ParseResult parsed) => parsed.GetValue(yaml) is null ? null : SettingsOption.Load(parsed, yaml);

    /// <summary>Options of the command line win over the settings; a named tag policy also over what the settings say to theirs.</summary>
    /// <exception cref="Verbs.UsageException">The settings name two tag policies.</exception>
    public PolicyChoice Choose(ParseResult parsed, SmiSettings? settings)
    {
        var choice = settings is null ? new PolicyChoice() : PolicyChoice.Of(settings);
        if (parsed.GetValue(tags) is { } named)
        {
            choice = choice with { Tags = named, Retain = [], SafePrivateTable = null, Lookup = null, IsStrict = false };
        }

        return choice with
        {
            Retain = parsed.GetValue(retain) is { } retained ? PolicyChoice.Words(retained) : choice.Retain,
            Clean = parsed.GetValue(clean) is { } cleaned ? PolicyChoice.Words(cleaned) : choice.Clean,
            Lookup = parsed.GetValue(lookup) ?? choice.Lookup,
            IsStrict = parsed.GetValue(strict) || choice.IsStrict,
        };
    }
}
