namespace Smi.Extraction.Doctor;

/// <summary>One thing that was looked at. Details name settings, folders and figures; never a password, a key or a value from a file.</summary>
/// <param name="Topic">The heading it stands under.</param>
/// <param name="Name">What was looked at.</param>
/// <param name="Verdict">What follows for going live.</param>
/// <param name="Detail">What was found and, where something is wrong, the way out.</param>
public sealed record Check(string Topic, string Name, Verdict Verdict, string Detail)
{
    public static Check Fact(string topic, string name, string detail) => new(topic, name, Verdict.Fact, detail);

    public static Check Good(string topic, string name, string detail) => new(topic, name, Verdict.Good, detail);

    public static Check Warning(string topic, string name, string detail) => new(topic, name, Verdict.Warning, detail);

    public static Check NoGo(string topic, string name, string detail) => new(topic, name, Verdict.NoGo, detail);
}
