using System.Globalization;
using Smi.Deid.Tools.Pools;
using Smi.Dicom;

namespace Smi.Deid.Tests.Tools;

/// <summary>Many files, each with a number of its own, through one pool by many threads.</summary>
internal static class RoundTrips
{
    /// <summary>Fails when a file comes back as another one.</summary>
    public static Task Run(ToolPool pool, ToolWorkplace workplace, int files, int workers, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        return Parallel.ForEachAsync(Enumerable.Range(0, files), options, (number, stop) =>
        {
            var name = number.ToString("D6", CultureInfo.InvariantCulture);
            var source = Path.Combine(workplace.Folder, $"{name}.dcm");
            File.WriteAllBytes(source, TestFiles.Patient().Text(0x00201002, "IS", name).ToArray());
            var job = new ToolJob { Source = source, Modality = "CT", WriteEdited = _ => { } };
            using (var produced = Assert.IsType<ToolResult.Produced>(pool.Run(job, stop)))
            {
                Assert.Equal(name, produced.File.DataSet.GetString(new DicomTag(0x00201002)));
            }

            File.Delete(source);
            return ValueTask.CompletedTask;
        });
    }
}
