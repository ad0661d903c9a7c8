using Smi.Dicom;

namespace Smi.Deid.Samples;

/// <summary>The modules of PS3.3 that every sample has, filled as busy departments fill them: with more names than needed.</summary>
internal static class SampleModules
{
    private const string UnsafeCreator = "SAMPLE VENDOR 1.0";

    public static void AddPatient(SampleDataSet dataSet, SampleStudy study)
    {
        var patient = study.Patient;
        var age = study.Date.Year - patient.Born.Year - (study.Date.DayOfYear < patient.Born.DayOfYear ? 1 : 0);
        dataSet
            .Put("PatientName", patient.Name)
            .Put("PatientID", patient.Id)
            .Put("IssuerOfPatientID", "SAMPLE HOSPITALS")
            .Put("PatientBirthDate", SampleStudy.Format(patient.Born))
            .Put("PatientSex", patient.Sex)
            .PutItems("OtherPatientIDsSequence", dataSet.NewItem()
                .Put("PatientID", patient.OtherId)
                .Put("IssuerOfPatientID", "NATIONAL REGISTER")
                .Put("TypeOfPatientID", "TEXT"))
            .Put("PatientAge", $"{age:000}Y")
            .Put("PatientSize", patient.Size)
            .Put("PatientWeight", patient.Weight)
            .Put("PatientAddress", patient.Address)
            .Put("PatientTelephoneNumbers", patient.Telephone)
            .Put("Occupation", "Gardener")
            .Put("AdditionalPatientHistory", $"{patient.SpokenName} fell in the garden; seen by {SamplePatient.Spoken(patient.Referring)}.")
            .Put("PatientComments", $"Call {patient.SpokenName} at {patient.Telephone} with the result.");
    }

    public static void AddStudy(SampleDataSet dataSet, SampleStudy study) => dataSet
        .Put("StudyInstanceUID", study.Uid)
        .Put("StudyDate", study.DicomDate)
        .Put("StudyTime", study.Time)
        .Put("AccessionNumber", study.AccessionNumber)
        .Put("StudyID", study.AccessionNumber[^4..])
        .Put("StudyDescription", $"{study.Modality} for {SamplePatient.Spoken(study.Patient.Referring)}")
        .Put("ReferringPhysicianName", study.Patient.Referring)
        .Put("PhysiciansOfRecord", study.Patient.Referring)
        .Put("NameOfPhysiciansReadingStudy", study.Patient.Performing)
        .PutCode("ProcedureCodeSequence", "P-100", "99SAMPLE", $"{study.Modality} examination");

    public static void AddSeries(SampleDataSet dataSet, SampleStudy study) => dataSet
        .Put("Modality", study.Modality)
        .Put("SeriesDate", study.DicomDate)
        .Put("SeriesTime", study.Time);

    /// <summary>Who made the images, why, and what was asked for.</summary>
    public static void AddAcquisition(SampleDataSet dataSet, SampleStudy study) => dataSet
        .Put("PerformingPhysicianName", study.Patient.Performing)
        .Put("OperatorsName", study.Patient.Operator)
        .Put("PerformedProcedureStepID", "PPS" + study.AccessionNumber[^4..])
        .Put("PerformedProcedureStepStartDate", study.DicomDate)
        .Put("PerformedProcedureStepStartTime", study.Time)
        .Put("PerformedProcedureStepDescription", $"{study.Modality} examination")
        .PutItems("RequestAttributesSequence", dataSet.NewItem()
            .Put("RequestedProcedureID", "RP" + study.AccessionNumber[^4..])
            .Put("RequestedProcedureDescription", $"{study.Modality} of {study.Patient.SpokenName}")
            .Put("ScheduledProcedureStepID", "SPS" + study.AccessionNumber[^4..])
            .PutCode("ScheduledProtocolCodeSequence", "S-100", "99SAMPLE", "Standard protocol"));

    public static void AddEquipment(SampleDataSet dataSet, SampleStudy study) => dataSet
        .Put("Manufacturer", "Sample Imaging")
        .Put("ManufacturerModelName", $"Sampler {study.Modality}")
        .Put("InstitutionName", study.Patient.Institution)
        .Put("InstitutionAddress", study.Patient.InstitutionAddress)
        .Put("InstitutionalDepartmentName", "Radiology")
        .Put("StationName", $"{study.Patient.Key}_{study.Modality}1")
        .Put("DeviceSerialNumber", "SN" + study.Random("device").Digits(6))
        .Put("SoftwareVersions", "1.0");

    /// <summary>A block that PS3.15 table E.3.10-1 calls safe, and one that it does not know, which hides names at several depths.</summary>
    public static void AddPrivateBlocks(SampleDataSet dataSet, SampleStudy study)
    {
        var patient = study.Patient;
        dataSet
            .Put(new DicomTag(0x0019, 0x0010), VR.LO, "SIEMENS MR HEADER")
            .Put(new DicomTag(0x0019, 0x100C), VR.IS, "1000")
            .Put(new DicomTag(0x0019, 0x100D), VR.CS, "DIRECTIONAL")
            .Put(new DicomTag(0x0029, 0x0010), VR.LO, UnsafeCreator)
            .Put(new DicomTag(0x0029, 0x1001), VR.LO, patient.SpokenName)
            .PutBytes(new DicomTag(0x0029, 0x1002), VR.UN, System.Text.Encoding.ASCII.GetBytes($"ID={patient.Id};NAME={patient.BurnedInName}"))
            .PutItems(new DicomTag(0x0029, 0x1003), dataSet.NewItem()
                .Put("PatientName", patient.Name)
                .Put(new DicomTag(0x0029, 0x0010), VR.LO, UnsafeCreator)
                .PutItems(new DicomTag(0x0029, 0x1004), dataSet.NewItem().Put("PatientID", patient.Id).Put("PatientAddress", patient.Address)));
    }

    /// <summary>The Image Pixel module; native samples, those of a colour image interleaved.</summary>
    public static SampleDataSet AddPixels(SampleDataSet dataSet, SampleCanvas canvas, int bitsStored, ReadOnlyMemory<byte> samples, bool isColour = false)
    {
        var bitsAllocated = bitsStored > 8 ? 16 : 8;
        if (isColour)
        {
            dataSet.Put("PlanarConfiguration", 0);
        }

        return dataSet
            .Put("SamplesPerPixel", isColour ? 3 : 1)
            .Put("PhotometricInterpretation", isColour ? "RGB" : "MONOCHROME2")
            .Put("Rows", canvas.Rows)
            .Put("Columns", canvas.Columns)
            .Put("BitsAllocated", bitsAllocated)
            .Put("BitsStored", bitsStored)
            .Put("HighBit", bitsStored - 1)
            .Put("PixelRepresentation", 0)
            .PutBytes(DicomTags.PixelData, bitsAllocated == 16 ? VR.OW : VR.OB, samples);
    }
}
