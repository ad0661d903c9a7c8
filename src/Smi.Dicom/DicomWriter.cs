using System.IO.Compression;
using Smi.Dicom.Writing;

namespace Smi.Dicom;

/// <summary>Writes data sets and whole PS3.10 files. The stream should be buffered; it is not closed.</summary>
public static class DicomWriter
{
    private const int PreambleLength = 128;

    /// <summary>
    /// Writes zero preamble, file meta information and data set. <paramref name="fileMeta"/> gets its group length and its
    /// transfer syntax here.
    /// </summary>
    public static void WriteFile(Stream target, DicomDataSet fileMeta, TransferSyntax syntax, DicomDataSet dataSet)
    {
        fileMeta.SetString(DicomTags.TransferSyntaxUid, VR.UI, syntax.Uid);
        fileMeta.Remove(DicomTags.FileMetaInformationGroupLength);
        target.Write(stackalloc byte[PreambleLength]);
        target.Write("DICM"u8);
        var writer = new DataSetWriter(target, DataSetEncoding.ExplicitLittleEndian);
        var length = writer.LengthOf(fileMeta);
        fileMeta.Set(new ValueElement(DicomTags.FileMetaInformationGroupLength, VR.UL, BitConverter.GetBytes((uint)length)));
        writer.Write(fileMeta);
        WriteDataSet(target, syntax, dataSet);
    }

    /// <summary>Writes the data set alone, as <paramref name="syntax"/> lays it out.</summary>
    public static void WriteDataSet(Stream target, TransferSyntax syntax, DicomDataSet dataSet)
    {
        if (!syntax.IsDeflated)
        {
            new DataSetWriter(target, syntax.Encoding).Write(dataSet);
            return;
        }

        using var counted = new CountingStream(target);
        using (var deflater = new DeflateStream(counted, CompressionLevel.Fastest, leaveOpen: true))
        using (var buffered = new BufferedStream(deflater, 64 * 1024))
        {
            new DataSetWriter(buffered, syntax.Encoding).Write(dataSet);
        }

        // PS3.5 A.5: a stream of odd length is padded.
        if ((counted.Count & 1) == 1)
        {
            target.WriteByte(0);
        }
    }
}
