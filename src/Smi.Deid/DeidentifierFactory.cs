using Smi.Deid.Pixels;
using Smi.Deid.Pixels.Detection;
using Smi.Deid.Pixels.Reading;
using Smi.Deid.Pseudonyms;
using Smi.Deid.Reports;
using Smi.Deid.Tags.Ctp;
using Smi.Deid.Tags.Profile;
using Smi.Deid.Tools;
using Smi.Deid.Verification;

namespace Smi.Deid;

/// <summary>Puts a deidentifier together for a policy: the folder command and the services get the same one.</summary>
public static class DeidentifierFactory
{
    /// <summary>The clean options that have an engine.</summary>
    public const CleanOptions Built = CleanOptions.Descriptors | CleanOptions.StructuredContent | CleanOptions.Graphics | CleanOptions.Pixels;

    /// <param name="tools">External programs that do stages in place of our engines; null for none. The caller ends them.</param>
    /// <exception cref="ArgumentException">Options of the policy contradict each other.</exception>
    public static Deidentifier Create(DeidPolicy policy, MasterKey key, Action<DeidContext>? onStaged = null, ToolSet? tools = null)
    {
        if (policy.Contradiction is { } contradiction)
        {
            throw new ArgumentException(contradiction, nameof(policy));
        }

        if (policy.IsStrictCtp && tools is { Tools.Count: > 0 })
        {
            throw new ArgumentException("strict CTP compares our own engine with the original; it goes without external tools", nameof(tools));
        }

        var stages = policy.Script is { } script ? ScriptStages(policy, script) : ProfileStages(policy);
        return new Deidentifier(policy, key, tools is null ? stages : ToolStages.Put(tools, stages), new LeakVerifier(), onStaged);
    }

    // Strict mode changes nothing that the script does not change.
    private static List<IDeidStage> ScriptStages(DeidPolicy policy, CtpScript script)
    {
        List<IDeidStage> stages = [new CtpTagStage(script)];
        if (script.IsStrict)
        {
            return stages;
        }

        if (CleansText(policy))
        {
            stages.Add(new RemainingTextStage(script, policy.Text.LoadCleaner()));
        }

        AddPatientIds(policy, stages);
        stages.Add(new PixelDataExtentStage());
        AddPixels(policy, stages);
        return stages;
    }

    private static bool CleansText(DeidPolicy policy) =>
        (policy.Clean & (CleanOptions.Descriptors | CleanOptions.StructuredContent | CleanOptions.Graphics)) != 0;

    private static void AddPatientIds(DeidPolicy policy, List<IDeidStage> stages)
    {
        if (policy.PatientIds is { } table)
        {
            stages.Add(new PatientIdStage(table));
        }
    }

    private static void AddPixels(DeidPolicy policy, List<IDeidStage> stages)
    {
        if (policy.Clean.HasFlag(CleanOptions.Pixels))
        {
            stages.Add(new PixelStage(new TextDetector(), policy.Pixels, policy.Pixels.Reading is null ? null : TesseractReader.Find()));
        }
    }

    private static List<IDeidStage> ProfileStages(DeidPolicy policy)
    {
        var cleaner = CleansText(policy) ? policy.Text.LoadCleaner() : null;
        CleanText? clean = cleaner is not null && policy.Clean.HasFlag(CleanOptions.Descriptors)
            ? cleaner.CleanDescriptor
            : null;
        var tags = new ProfileTagStage(policy, clean);
        List<IDeidStage> stages = [tags];
        if (cleaner is not null)
        {
            stages.Add(new ReportStage(cleaner, policy));
        }

        AddPatientIds(policy, stages);
        stages.Add(new PixelDataExtentStage());
        AddPixels(policy, stages);
        return stages;
    }
}
