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

    /// <summary>Pipes that are open, and files of the work folder: what a tool could leave behind. The runtime's own come and go.</summary>
    public static int OpenDescriptors(string workFolder) =>
        new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(entry => entry.LinkTarget ?? "")
            .Count(target => target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith(workFolder, StringComparison.Ordinal));
}
