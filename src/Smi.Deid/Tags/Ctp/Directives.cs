namespace Smi.Deid.Tags.Ctp;

/// <summary>
/// The words of a finished value that mean something else than text. Which of them the script itself produced is remembered, so that a
/// value in a file can never become one.
/// </summary>
[Flags]
internal enum Directives
{
    None = 0,
    Keep = 1,
    Remove = 2,
    Empty = 4,
    Blank = 8,
}
