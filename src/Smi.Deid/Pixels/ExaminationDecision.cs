namespace Smi.Deid.Pixels;

/// <summary>Whether an image is examined for burned-in text, and the reason as a clause for the report.</summary>
internal readonly record struct ExaminationDecision(bool IsExamined, string Reason);
