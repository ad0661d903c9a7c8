namespace Smi.Deid.Tests.Text.Benchmark;

public readonly record struct GeneratedSpan(int Start, int Length, string Kind);
