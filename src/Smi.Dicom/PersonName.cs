namespace Smi.Dicom;

/// <summary>
/// One value of VR PN (PS3.5 6.2.1): up to three component groups separated by <c>=</c>. Parsing accepts any text; what the
/// standard does not allow is kept where it stands. Has no printing ToString, because it holds patient values.
/// </summary>
public sealed class PersonName
{
    private PersonName(IReadOnlyList<PersonNameGroup> groups) => Groups = groups;

    public IReadOnlyList<PersonNameGroup> Groups { get; }

    public PersonNameGroup Alphabetic => GroupAt(0);

    public PersonNameGroup Ideographic => GroupAt(1);

    public PersonNameGroup Phonetic => GroupAt(2);

    public bool IsEmpty => Groups.All(group => group.IsEmpty);

    /// <summary>Reads one decoded value; groups beyond the third are kept in <see cref="Groups"/>.</summary>
    public static PersonName Parse(string value) => new([.. value.Split('=').Select(PersonNameGroup.Parse)]);

    /// <summary>The value as it is written, without empty groups and components at its end.</summary>
    public string Format() => string.Join('=', Groups.Select(group => group.Format())).TrimEnd('=');

    private PersonNameGroup GroupAt(int index) => index < Groups.Count ? Groups[index] : PersonNameGroup.Empty;
}
