using System.Globalization;

namespace Smi.Deid.Tests.Tools;

/// <summary>How large a test is: small in ./test.sh, as large as eng/long.sh says there.</summary>
internal static class TestSize
{
    public static int Of(string variable, int small) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : small;
}
