namespace Smi.Deid.Tools.Protocols;

/// <summary>What a line of a daemon means for the request that it has.</summary>
internal enum LineMeaning
{
    /// <summary>Nothing that anybody knows; the daemon cannot be trusted any more.</summary>
    Doubt,
    Success,
    Failure,
    Chatter,
}
