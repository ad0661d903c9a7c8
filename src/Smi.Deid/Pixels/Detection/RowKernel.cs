namespace Smi.Deid.Pixels.Detection;

/// <summary>How a kernel lies on the rows of its source.</summary>
/// <param name="Rows">Rows under it.</param>
/// <param name="Run">Floats of each row under it.</param>
/// <param name="Step">Floats from where it lies for one position to where it lies for the next.</param>
/// <param name="Floor">What results are at least.</param>
internal readonly record struct RowKernel(int Rows, int Run, int Step, float Floor);
