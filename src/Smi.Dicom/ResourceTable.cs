using System.Reflection;

namespace Smi.Dicom;

/// <summary>Tables that ship inside an assembly: tab separated, one header line.</summary>
public static class ResourceTable
{
    public static IEnumerable<string[]> Rows(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the resource {name} is not in its assembly");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split('\t');
        }
    }

    internal static IEnumerable<string[]> Rows(string name) => Rows(typeof(ResourceTable).Assembly, name);
}
