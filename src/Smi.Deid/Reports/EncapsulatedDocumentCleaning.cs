using Smi.Deid.Text;
using Smi.Dicom;

namespace Smi.Deid.Reports;

/// <summary>Puts the cleaned form of an encapsulated document in its place, where the tag stage has left the attribute.</summary>
internal static class EncapsulatedDocumentCleaning
{
    public static Refusal? Apply(TextCleaner cleaner, DeidContext context)
    {
        if (context.Original.FindValue(DicomTags.EncapsulatedDocument) is not { Length: > 0 } document || !context.Edited.Contains(DicomTags.EncapsulatedDocument)) return null;
        var cleaning = new DocumentCleaner(new ReportTexts(cleaner, context, context.Known), context);
        var type = context.Original.GetString(DicomTags.MimeTypeOfEncapsulatedDocument) ?? "";
        if (cleaning.Clean(type, document.Value.ToMemory()) is not { } cleaned) return new Refusal("the encapsulated document cannot be cleaned");
        context.Edited.Set(new ValueElement(DicomTags.EncapsulatedDocument, VR.OB, cleaned));
        if (context.Edited.Contains(ReportTags.EncapsulatedDocumentLength))
        {
            context.Edited.Set(new ValueElement(ReportTags.EncapsulatedDocumentLength, VR.UL, BitConverter.GetBytes((uint)cleaned.Length)));
        }

        return null;
    }
}
