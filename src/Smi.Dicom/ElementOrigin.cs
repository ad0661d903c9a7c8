namespace Smi.Dicom;

/// <summary>
/// Where a data element stands in its source, header included, and in which encoding: what lets it be written back byte for byte.
/// </summary>
internal readonly record struct ElementOrigin(ByteSlice Bytes, DataSetEncoding Encoding);
