namespace Smi.Dicom;

/// <summary>
/// One component group of a person's name: family name, given name, middle name, prefix and suffix, separated by <c>^</c>
/// (PS3.5 6.2.1.1). Has no printing ToString, because it holds patient values.
/// </summary>
public sealed class PersonNameGroup
{
    public static readonly PersonNameGroup Empty = new([]);

    private PersonNameGroup(IReadOnlyList<string> components) => Components = components;

    /// <summary>As many as were there, without surrounding blanks; more than five are not conformant.</summary>
    public IReadOnlyList<string> Components { get; }

    public string FamilyName => ComponentAt(0);

    public string GivenName => ComponentAt(1);

    public string MiddleName => ComponentAt(2);

    public string Prefix => ComponentAt(3);

    public string Suffix => ComponentAt(4);

    public bool IsEmpty => Components.All(component => component.Length == 0);

    /// <summary>
    /// Reads a group. Without any <c>^</c>, text of the form "family, given" is taken apart at its comma, as many devices write it.
    /// </summary>
    public static PersonNameGroup Parse(string group)
    {
        var isCommaForm = !group.Contains('^') && group.Split(',') is [var family, var given] && IsText(family) && IsText(given);
        return new PersonNameGroup([.. group.Split(isCommaForm ? ',' : '^').Select(component => component.Trim(' ', '\0'))]);
    }

    public string Format() => string.Join('^', Components).TrimEnd('^');

    private static bool IsText(string component) => !string.IsNullOrWhiteSpace(component);

    private string ComponentAt(int index) => index < Components.Count ? Components[index] : string.Empty;
}
