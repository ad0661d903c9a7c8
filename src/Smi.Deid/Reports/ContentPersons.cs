using Smi.Deid.Identifiers;

namespace Smi.Deid.Reports;

/// <summary>Pseudonyms of persons in content trees: the patient keeps one in the whole file, every other person has one of their own.</summary>
internal static class ContentPersons
{
    public static string PseudonymOf(string name, DeidContext context)
    {
        var isPatient = context.Known.Of(IdentifierKind.PatientName).Any(other => string.Equals(other.Value.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase));
        return isPatient ? context.Pseudonyms.PatientName(context.Patient) : context.Pseudonyms.PersonName(name.Trim().ToUpperInvariant());
    }
}
