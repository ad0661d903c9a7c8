namespace Smi.Deid.Tags.Ctp;

/// <summary>What the rules of one script share while they are compiled.</summary>
internal sealed class CompileScope(FaultLog faults, CtpLookupTable? lookup)
{
    private readonly Dictionary<string, string> parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RuleTag> privateNames = new(StringComparer.OrdinalIgnoreCase);

    public FaultLog Faults => faults;

    public CtpLookupTable? Lookup => lookup;

    public void DefineParameter(string name, string value) => parameters[name] = value;

    public void DefineName(string name, RuleTag tag) => privateNames[name] = tag;

    public RuleTag? FindName(string name) => privateNames.GetValueOrDefault(name);

    /// <summary>The value of <c>@NAME</c> or <c>$NAME</c>, null when it is not defined; any other text stands for itself.</summary>
    public string? Parameter(CallSyntax call, int index)
    {
        var argument = call.Arguments[index];
        if (argument is not ['@' or '$', .. var name])
        {
            return argument;
        }

        if (parameters.TryGetValue(name, out var value))
        {
            return value;
        }

        var near = Spelling.Nearest(name, parameters.Keys);
        faults.Warn(call.At, $"the parameter {name} is not defined; {(near is null ? $"add <p t=\"{name}\">…</p>" : $"did you mean {near}?")}");
        return null;
    }

    public ElementReference Element(CallSyntax call, int index) => Element(call, call.Arguments[index]);

    public ElementReference Element(CallSyntax call, string name)
    {
        var reference = ElementReference.Parse(name, this);
        if (reference.IsUnknown)
        {
            var near = ElementNames.Suggest(name.Trim());
            faults.Warn(call.At, $"\"{name}\" names no attribute, so its value is always missing{(near is null ? "; write its name or (gggg,eeee)" : $"; did you mean {near}?")}");
        }

        return reference;
    }
}
