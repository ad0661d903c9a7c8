namespace Smi.Bench;

/// <param name="Tags"><c>basic</c> or a CTP script.</param>
/// <param name="Clean"><c>none</c> or <c>all</c>.</param>
/// <param name="Jobs">Files at a time.</param>
/// <param name="Count">Rounds; the first ones warm up.</param>
internal sealed record RoundOptions(string Input, string Output, string Tags, string Clean, int Jobs, int Count);
