namespace Smi.Dicom.Reading;

/// <summary>What stands before the data set of a PS3.10 file, and in which encoding the data set is.</summary>
internal sealed record FileHeader(bool HasPreamble, DicomDataSet? FileMeta, long DataSetStart, TransferSyntax TransferSyntax);
