namespace Smi.Services.Bench;

/// <summary>What to measure: the program, a folder for everything that is written, RabbitMQ's port (management is the next one),
/// rows and columns of the CTs, how many files, and how often everything is measured.</summary>
internal sealed record BenchOptions(string Smi, string Work, int Port, int Size, int Files, int Rounds);
