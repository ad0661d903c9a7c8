namespace Smi.Extraction.ExtractImages;

/// <summary>The request cannot be made as it was asked for. Says what is wrong and where.</summary>
public sealed class ExtractImagesException(string message, Exception? inner = null) : Exception(message, inner);
