namespace Smi.Deid.Reports;

/// <summary>Cleans an encapsulated document by its kind. Kinds nobody here can read have no cleaned form.</summary>
internal sealed class DocumentCleaner(ReportTexts texts, DeidContext context)
{
    private const int LargestDocument = 64 * 1024 * 1024;

    /// <summary>The cleaned document, or null when the file must be refused.</summary>
    public byte[]? Clean(string mimeType, ReadOnlyMemory<byte> document)
    {
        var type = mimeType.Trim().ToLowerInvariant();
        if (type == "application/pdf") return CleanPdf(document);
        var isXml = type.EndsWith("xml", StringComparison.Ordinal) || type == "text/xml-cda";
        return isXml && document.Length <= LargestDocument && context.Policy.Clean.HasFlag(CleanOptions.StructuredContent) ? new CdaCleaner(texts, context).Clean(document) : null;
    }

    private byte[]? CleanPdf(ReadOnlyMemory<byte> document)
    {
        var pages = context.Policy.Clean.HasFlag(CleanOptions.StructuredContent) && document.Length <= LargestDocument ? PdfText.Read(document.ToArray()) : null;
        if (pages is not null)
        {
            context.Report.Note("the encapsulated PDF was written anew from its cleaned text; pictures, layout, attachments and metadata are gone");
            return PdfPages.Write(texts.CleanAll(pages));
        }

        if (context.Policy.Text.UncleanableDocument == UncleanableDocument.Refuse) return null;
        context.Report.Note("the encapsulated PDF could not be cleaned surely; a page that says so took its place");
        return PdfPages.Write(["This document was removed during de-identification."]);
    }
}
