namespace Smi.Anonymise;

/// <summary>A file that was found in IN, or a folder that could not be looked into.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Trouble">Why there is nothing to work on; null for a file.</param>
internal sealed record InputFile(string Path, string? Trouble = null);
