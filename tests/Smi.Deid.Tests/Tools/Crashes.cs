using Smi.Deid.Tools;
using Smi.Deid.Tools.Pools;

namespace Smi.Deid.Tests.Tools;

/// <summary>A tool that crashes with every file.</summary>
internal static class Crashes
{
    public static void Run(ToolPool pool, ToolWorkplace workplace, int crashes)
    {
        for (var crash = 0; crash < crashes; crash++)
        {
            Assert.Throws<ToolException>(() => workplace.Run(pool));
        }
    }

    public static int OpenDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
