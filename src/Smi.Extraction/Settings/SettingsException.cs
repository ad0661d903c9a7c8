namespace Smi.Extraction.Settings;

/// <summary>The settings cannot be used. Names the file, the line where there is one, and the way out.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
