using Smi.Deid.Identifiers;

namespace Smi.Deid.Tests.Text.Benchmark;

/// <summary>A report made up here, with what is known from its header and where everything identifying stands.</summary>
public sealed record GeneratedReport(string Text, KnownIdentifiers Known, IReadOnlyList<GeneratedSpan> Spans);
