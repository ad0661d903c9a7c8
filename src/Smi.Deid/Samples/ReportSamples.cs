using Smi.Dicom;

namespace Smi.Deid.Samples;

/// <summary>Structured reports (PS3.3 A.35): headings with sentences that name patients, relatives and doctors, and references.</summary>
internal static class ReportSamples
{
    private const string BasicTextStorage = "1.2.840.10008.5.1.4.1.1.88.11";
    private const string ComprehensiveStorage = "1.2.840.10008.5.1.4.1.1.88.33";

    /// <summary>A report of text only.</summary>
    public static SampleFile Text(SampleStudy study, TransferSyntax syntax)
    {
        var dataSet = NewReport(study, BasicTextStorage);
        AddContent(dataSet, Content(dataSet, study));
        return study.File(dataSet, syntax);
    }

    /// <summary>A report that refers to an image of its study.</summary>
    public static SampleFile On(SampleStudy study, SampleFile image, TransferSyntax syntax)
    {
        var dataSet = NewReport(study, ComprehensiveStorage);
        var sopClass = image.DataSet.GetString(DicomTags.SopClassUid) ?? "";
        var sopInstance = image.DataSet.GetString(DicomTags.SopInstanceUid) ?? "";
        dataSet.PutItems("CurrentRequestedProcedureEvidenceSequence", dataSet.NewItem()
            .Put("StudyInstanceUID", image.DataSet.GetString(DicomTags.StudyInstanceUid) ?? "")
            .PutItems("ReferencedSeriesSequence", dataSet.NewItem()
                .Put("SeriesInstanceUID", image.DataSet.GetString(DicomTags.SeriesInstanceUid) ?? "")
                .PutReference("ReferencedSOPSequence", sopClass, sopInstance)));
        var finding = dataSet.NewItem()
            .Put("RelationshipType", "CONTAINS")
            .Put("ValueType", "IMAGE")
            .PutCode("ConceptNameCodeSequence", "121080", "DCM", "Best illustration of finding")
            .PutReference("ReferencedSOPSequence", sopClass, sopInstance);
        AddContent(dataSet, [.. Content(dataSet, study), finding]);
        return study.File(dataSet, syntax);
    }

    private static SampleDataSet NewReport(SampleStudy study, string sopClass)
    {
        var dataSet = study.NewInstance(sopClass, 5, 1, "Report");
        var observer = dataSet.NewItem()
            .Put("VerifyingOrganization", study.Patient.Institution)
            .Put("VerificationDateTime", study.DicomDate + study.Time)
            .Put("VerifyingObserverName", study.Patient.Performing)
            .PutItems("VerifyingObserverIdentificationCodeSequence");
        return dataSet
            .Put("ContentDate", study.DicomDate)
            .Put("ContentTime", study.Time)
            .Put("CompletionFlag", "COMPLETE")
            .Put("VerificationFlag", "VERIFIED")
            .PutItems("VerifyingObserverSequence", observer)
            .PutItems("ReferencedPerformedProcedureStepSequence")
            .PutItems("PerformedProcedureCodeSequence");
    }

    private static void AddContent(SampleDataSet dataSet, IEnumerable<SampleDataSet> content) => dataSet
        .Put("ValueType", "CONTAINER")
        .PutCode("ConceptNameCodeSequence", "18748-4", "LN", "Diagnostic imaging report")
        .Put("ContinuityOfContent", "SEPARATE")
        .PutItems("ContentSequence", content);

    private static SampleDataSet[] Content(SampleDataSet dataSet, SampleStudy study)
    {
        var patient = study.Patient;
        var doctor = SamplePatient.Spoken(patient.Referring);
        return
        [
            dataSet.NewItem()
                .Put("RelationshipType", "HAS OBS CONTEXT")
                .Put("ValueType", "PNAME")
                .PutCode("ConceptNameCodeSequence", "121008", "DCM", "Person Observer Name")
                .Put("PersonName", patient.Performing),
            Section(dataSet, "121060", "History", "History",
                $"{patient.SpokenName}, born {study.PrintedBirthDate}, was referred by {doctor} after a fall in the garden on {study.PrintedDate}."),
            Section(dataSet, "121070", "Findings", "Finding",
                "No fracture. A round opacity of 8 mm in the left lower lobe, unchanged. "
                + $"{patient.SpokenName} (ID {patient.Id}) was told on the phone, {patient.Telephone}."),
            Section(dataSet, "121076", "Conclusions", "Conclusion",
                $"Control in twelve months. Copy to {doctor}, {patient.Institution}."),
        ];
    }

    private static SampleDataSet Section(SampleDataSet dataSet, string code, string heading, string itemMeaning, string text)
    {
        var itemCode = itemMeaning switch { "Finding" => "121071", "Conclusion" => "121077", _ => "121060" };
        var item = dataSet.NewItem()
            .Put("RelationshipType", "CONTAINS")
            .Put("ValueType", "TEXT")
            .PutCode("ConceptNameCodeSequence", itemCode, "DCM", itemMeaning)
            .Put("TextValue", text);
        return dataSet.NewItem()
            .Put("RelationshipType", "CONTAINS")
            .Put("ValueType", "CONTAINER")
            .PutCode("ConceptNameCodeSequence", code, "DCM", heading)
            .Put("ContinuityOfContent", "SEPARATE")
            .PutItems("ContentSequence", item);
    }
}
