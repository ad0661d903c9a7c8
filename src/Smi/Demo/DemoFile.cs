using Smi.Deid.Samples;

namespace Smi.Demo;

/// <summary>One synthetic original, where it lies, and where its de-identified copy lies.</summary>
internal sealed record DemoFile(SampleFile Sample, string Before, string After);
