namespace Smi.Extraction.Doctor;

/// <summary>What a check says about going live.</summary>
public enum Verdict
{
    /// <summary>For the record; says nothing for or against.</summary>
    Fact,

    Good,

    /// <summary>Goes, at a cost that the detail names.</summary>
    Warning,

    /// <summary>Must be put right first.</summary>
    NoGo,
}
