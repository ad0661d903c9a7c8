using System.Text.RegularExpressions;

namespace Smi.Deid.Text.Rules;

/// <summary>One compiled rule of a file: an expression, the groups of it that identify, and the category they get.</summary>
internal sealed record TextRule(string Name, Regex Expression, IReadOnlyList<int> Groups, TextCategory Category);
