namespace Smi.Deid.Pixels.Regions;

/// <summary>Part of a signature. What is under a negation must hold in every reading of it, all else in one: a signature in doubt acts.</summary>
internal delegate bool CtpCondition(RuleSubject subject, bool isNegated);
