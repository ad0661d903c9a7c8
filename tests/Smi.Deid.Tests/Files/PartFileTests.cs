using Smi.Deid.Files;
using Smi.Deid.Tests.Pixels;
using Smi.Dicom;

namespace Smi.Deid.Tests.Files;

public sealed class PartFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("parts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Many_threads_may_make_the_folder_of_their_files_at_once()
    {
        using var context = PixelWork.Run(PixelWork.Image(PixelWork.Gray(8, 8), new byte[64]), TransferSyntax.ExplicitLittleEndian, out _);
        for (var round = 0; round < 300; round++)
        {
            var missing = Path.Combine(folder, $"{round}", "study");
            Parallel.For(0, 8, file => PartFile.Write(Path.Combine(missing, $"{file}"), context, CancellationToken.None));
            Assert.Equal(8, Directory.GetFiles(missing).Length);
        }
    }
}
