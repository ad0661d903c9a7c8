namespace Smi.Deid.Tests.Text.Benchmark;

/// <summary>The sentences of the generated reports. In braces stands the kind of identifier to put there; everything outside must survive.</summary>
internal sealed partial class ReportTemplates
{
    /// <summary>The detector's rules were tuned on what these gave.</summary>
    public static readonly ReportTemplates Tuned = new()
    {
        UkHeaders = TunedUkHeaders,
        UsHeaders = TunedUsHeaders,
        Sentences = TunedSentences,
        Footers = TunedFooters,
        Clinical = TunedClinical,
    };

    public required string[] UkHeaders { get; init; }

    public required string[] UsHeaders { get; init; }

    public required string[] Sentences { get; init; }

    public required string[] Footers { get; init; }

    /// <summary>Nothing in these may be cut.</summary>
    public required string[] Clinical { get; init; }

    private static string[] TunedUkHeaders =>
    [
        "Patient: {patient-inverted}\nDOB: {dob}\nCHI: {chi}\nReferrer: Dr {staff}\nExam date: {date}",
        "Name: {patient}\nNHS No: {nhs}\nAddress: {address}, {postcode}\nTel: {phone}",
        "RADIOLOGY REPORT\nPatient name: {patient}\nHospital number: {mrn}\nConsultant: Mr {staff-surname}\nWard: {ward}",
        "{facility}\nDepartment of Radiology\nTel {phone}\nDear Dr {staff-surname},",
    ];

    private static string[] TunedUsHeaders =>
    [
        "PATIENT NAME: {patient-inverted}\nMRN: {mrn}\nDATE OF BIRTH: {dob}\nACCESSION #: {accession}\nORDERING PHYSICIAN: {staff}, MD",
        "Patient: {patient}\nSSN: {ssn}\nDate of exam: {date}\nFacility: {facility}",
        "{facility}\n{address}, {city-state-zip}\nPhone: {phone}",
    ];

    private static string[] TunedSentences =>
    [
        "{title} {patient-surname} was reviewed in clinic on {date} with worsening dyspnoea.",
        "{patient} attended for CT on {date}.",
        "Discussed with Dr {staff} on {date} at {time}.",
        "Findings were phoned to Dr {staff-surname} on {phone}.",
        "Comparison is made with the study of {date} from {facility}.",
        "This {age}-year-old gentleman fell at home.",
        "Her daughter {relative} was present during the examination.",
        "Next of kin: {relative} {patient-surname}, telephone {phone}.",
        "He lives at {address}, {postcode}.",
        "She lives in {place} and works as a teacher.",
        "Transferred from {facility} for further management.",
        "Please send copies to {email} as requested.",
        "Images are available at {url} for the team.",
        "Previous accession {accession} was reviewed.",
        "Hospital number {mrn} was merged last year.",
        "Biopsy performed by Dr {staff} under ultrasound guidance.",
        "Consent was obtained by {staff}, radiographer.",
        "Radiographer {staff} noted extravasation of contrast.",
        "Pacemaker serial number {serial} interrogated before MRI.",
        "Seen by Professor {staff-surname} in the outpatient department on {date}.",
        "Mr {patient-surname} tolerated the procedure well.",
        "The patient, {patient}, gave written consent.",
        "Referred by Dr {staff-surname} of {facility}.",
        "His wife {relative} reports increasing confusion since {date}.",
        "Under the care of Miss {staff-surname} at {facility}.",
        "MDT discussion with {staff} and {staff} planned.",
        "Scan performed {date} at {time}.",
        "The patient moved from {place} in childhood.",
        "CHI {chi} and date of birth {dob} were checked.",
        "Aged {age} with multiple comorbidities.",
        "Contact the ward on extension {extension} with any questions.",
        "Vehicle registration {plate} noted by the porter.",
        "Letter dictated on {date} by Dr {staff}.",
        "Dr. {staff-surname} was informed by telephone at {time}.",
        "Admitted to {ward} on {date}.",
    ];

    private static string[] TunedFooters =>
    [
        "Reported by: Dr {staff}, Consultant Radiologist",
        "Electronically signed by {staff}, MD on {date} {time}",
        "Yours sincerely,\n{staff}\nConsultant Radiologist",
        "Verified by {staff}, {date}\ncc: Dr {staff-surname}, Dr {staff-surname}",
        "Dictated by: {staff} Transcribed: {date}",
    ];

    private static string[] TunedClinical =>
    [
        "There is a 14 x 9 mm nodule in the right upper lobe, series 3 image 45.",
        "No evidence of Baker's cyst or Paget's disease.",
        "Known Hodgkin lymphoma, in remission. Gleason 3+4 on the last biopsy.",
        "Hill-Sachs lesion with associated Bankart lesion.",
        "Chiari malformation unchanged. No hydrocephalus.",
        "Foley catheter in the bladder; St Jude valve in situ.",
        "May represent artefact; follow-up in 6 months is advised.",
        "Will need correlation with PSA. Crohn's disease cannot be excluded.",
        "BP 120/80, eGFR 78, heart rate 64 bpm.",
        "L4/5 disc bulge contacting the traversing L5 nerve root. C5-6 osteophyte.",
        "Bosniak IIF cyst in the left kidney measuring 2.3 x 1.9 cm.",
        "Murphy's sign was negative. The common bile duct measures 6 mm.",
        "Colles fracture of the distal radius, with Salter-Harris II injury of the ulna.",
        "Parkinson's disease treated with levodopa. Wilson disease was excluded.",
        "The liver, spleen, pancreas and adrenal glands are unremarkable.",
        "100 ml of Omnipaque 300 was given intravenously without complication.",
        "Mild cardiomegaly. No pleural effusion or pneumothorax.",
        "Ejection fraction 55 %. Mild mitral regurgitation.",
        "T2 hyperintense lesion in the left frontal lobe, 8 mm.",
        "IMPRESSION: 1. No acute intracranial abnormality. 2. Chronic small vessel disease.",
        "TECHNIQUE: Axial images from the lung apices to the symphysis pubis.",
        "On warfarin and bisoprolol; allergic to penicillin.",
        "Glasgow Coma Scale 15. Wells score 4.",
        "Hashimoto thyroiditis and Sjögren syndrome noted.",
        "ER positive, HER2 negative; Ki-67 20 %.",
        "A Hickman line and a Swan-Ganz catheter were removed.",
        "Kerley B lines at both bases. Hounsfield units of 35.",
        "Grade 3 of 4, 2 of 12 nodes involved, stage T2N1.",
        "Recommend review at the Gleason meeting in four weeks.",
        "Schmorl's nodes at T11 and T12. Scheuermann's disease is likely.",
        "Dose length product 450 mGy.cm; 2.5 mSv.",
        "The appendix is normal. McBurney's point tenderness is clinical only.",
    ];
}
