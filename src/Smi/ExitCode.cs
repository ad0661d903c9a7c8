namespace Smi;

/// <summary>The contract with scripts.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Usage = 1;
    public const int Refused = 2;
    public const int Fault = 3;
}
