namespace Smi.Extraction.Settings;

/// <summary>Who does a stage, in the words of TagsBy, ReportsBy and PixelsBy.</summary>
public enum ToolChoice
{
    BuiltIn,
    CtpAnonCli,
    SRAnonTool,
    DicomPixelAnon,
}
