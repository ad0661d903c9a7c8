namespace Smi.Deid.Tags.Profile;

/// <summary>The action for one attribute under the chosen options, and where it comes from.</summary>
/// <param name="Because">The column of table E.1-1, or the rule for attributes that the table does not list.</param>
public sealed record ProfileRule(ProfileAction Action, string Because);
