namespace Smi.Deid.Tests.Text.Benchmark;

/// <summary>Sentences that were blind once: 96.2 % of what identifies was found at precision 95.3 %. Then rules were tuned on what was missed.</summary>
internal sealed partial class ReportTemplates
{
    public static readonly ReportTemplates Third = new()
    {
        UkHeaders =
        [
            "{facility}\nX-RAY / CT / MRI REPORT\nName {patient}   Born {dob}   CHI No {chi}",
            "Dear {staff}\n\nRe {patient}, d.o.b. {dob}, {address}, {postcode}",
            "Patient ID: {mrn}\nForename: {relative}\nRequest number: {accession}\nNHS: {nhs}\nScan date: {date}\nWard/Dept: {ward}",
        ],
        UsHeaders =
        [
            "{facility}\nDiagnostic Imaging\nPatient: {patient-inverted}\nMed Rec #: {mrn}\nOrdering MD: {staff}\nDate of Service: {date}",
            "Patient Name: {patient}\nDate of Birth: {dob}\nReferring: Dr. {staff-surname}\nAccession: {accession}\nPhone {phone}",
        ],
        Sentences =
        [
            "Thank you for asking me to see {title} {patient-surname}, whom I met on {date}.",
            "{patient} is known to this department.",
            "As agreed with {staff} on the telephone ({phone}).",
            "Dr {staff-surname} has been made aware at {time}.",
            "The examination of {date} at {facility} is not available for comparison.",
            "{age}-year-old with a fall from standing height.",
            "Her niece {relative} translated.",
            "Mother ({relative} {patient-surname}) was in the room.",
            "The family moved from {place} to {address}.",
            "He was brought in from {place} by ambulance.",
            "Imported images from {facility}, acquired {date}.",
            "Queries to {email} or extension {extension}.",
            "Compare accession no. {accession}.",
            "Duplicate record {mrn} has been closed.",
            "Drainage performed by {staff}; assistant {staff}.",
            "Scan supervised by Dr {staff-surname}.",
            "Device serial number {serial}.",
            "Double reported with {staff}.",
            "Miss {patient-surname} declined intravenous contrast.",
            "Please could Mr {staff-surname} review in clinic on {date}?",
            "Case presented at the {facility} meeting on {date}.",
            "Time of arrival {time}, {date}.",
            "Identity confirmed as {patient} ({dob}).",
            "She is {age} and frail.",
            "Transferred to {ward} afterwards.",
            "Her husband, {relative}, is her carer.",
            "Seen previously by {staff}, physiotherapist.",
            "Images discussed between Dr {staff} and Dr {staff}.",
            "Contacted the referrer, {staff}, by bleep {extension}.",
        ],
        Footers =
        [
            "Dr {staff}\nConsultant Radiologist\n{date}",
            "Authorised by {staff} on {date} at {time}",
            "Electronically verified: {staff}, MD {date}",
            "With best regards,\n\n{staff}\ncc {staff}, {facility}",
        ],
        Clinical =
        [
            "Ground-glass opacity in the lingula, likely infective.",
            "Riedel lobe of the liver. Phrygian cap of the gallbladder.",
            "Haglund deformity with retrocalcaneal bursitis.",
            "Modic type 2 change at L5/S1; Pfirrmann grade 4 disc.",
            "LI-RADS 5 observation in segment 8, 22 mm.",
            "Takayasu arteritis was considered; large vessels look normal.",
            "On edoxaban, tamsulosin and empagliflozin; HbA1c 58.",
            "Peyronie plaque along the dorsal shaft.",
            "Blumensaat line and Insall-Salvati ratio are within normal limits.",
            "Dandy-Walker variant. Cavum septum pellucidum.",
            "Agatston score 412, above the 75th centile.",
            "The pouch of Douglas contains a trace of fluid.",
            "Lenke curve pattern 1; Cobb angle 34 degrees.",
            "Ductal carcinoma in situ, grade 2, ER 8/8.",
            "Angio-Seal deployed in the right common femoral artery.",
            "Freiberg disease of the second metatarsal head.",
            "MR enterography with mannitol and buscopan; no stricture.",
            "Osborne band not thickened; cubital tunnel normal.",
            "CONCLUSION: Stable appearances. Annual surveillance is suggested.",
            "Sequences: T2 TSE sagittal, STIR coronal, PD fat-saturated axial.",
            "Spigelian hernia, neck 18 mm. No bowel within it.",
            "Bertolotti syndrome with a transitional vertebra.",
            "Standardised uptake value 6.4 in the hilum; Deauville 4.",
            "Sarmiento brace in place. Callus formation is progressing.",
        ],
    };
}
