namespace Smi.Dicom;

/// <summary>The bytes of a file could not be had: permissions, a failing disk, a file that became shorter. Says nothing about its content.</summary>
public sealed class DicomReadException(string message, Exception? inner = null) : IOException(message, inner);
