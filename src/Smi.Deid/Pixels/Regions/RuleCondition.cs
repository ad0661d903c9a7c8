namespace Smi.Deid.Pixels.Regions;

/// <summary>Whether the attributes of an image satisfy a rule.</summary>
internal delegate bool RuleCondition(RuleSubject subject);
