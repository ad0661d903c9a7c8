using Smi.Deid.Identifiers;
using Smi.Deid.Text;
using Smi.Dicom;

namespace Smi.Deid.Tests.Text;

/// <summary>One cleaner for all tests, and short ways to make what is known of a patient.</summary>
public static class CleanerFixture
{
    public static readonly TextCleaner Cleaner = TextCleaner.Load();

    public static KnownIdentifiers Known(params (IdentifierKind Kind, string Value)[] values) =>
        new([.. values.Select(value => new KnownIdentifier { Kind = value.Kind, Value = value.Value, Source = default(DicomTag) })]);

    public static KnownIdentifiers Patient(string name) => Known((IdentifierKind.PatientName, name));

    public static string Clean(string text) => Cleaner.Clean(text, KnownIdentifiers.None);
}
