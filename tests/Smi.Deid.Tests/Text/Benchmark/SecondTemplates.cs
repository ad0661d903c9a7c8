namespace Smi.Deid.Tests.Text.Benchmark;

/// <summary>Sentences that were blind once: 95.5 % of what identifies was found at precision 94.1 %. Then rules were tuned on what was missed.</summary>
internal sealed partial class ReportTemplates
{
    public static readonly ReportTemplates Second = new()
    {
        UkHeaders =
        [
            "Re: {patient} DOB {dob} CHI {chi}\nOur ref: {accession}\nClinic date: {date}",
            "Surname: {patient-surname}\nNHS Number {nhs}\nHome: {address} {postcode}\nMobile {phone}",
            "{facility}\nImaging report for {patient-inverted}\nHosp. No. {mrn}  Location: {ward}\nReferring clinician: {staff}",
        ],
        UsHeaders =
        [
            "NAME: {patient-inverted}   MR#: {mrn}   ACC: {accession}\nDOB: {dob}\nATTENDING: {staff}, DO\nDOS: {date}",
            "{facility} - Radiology\n{address}, {city-state-zip}\nPt: {patient}\nExam performed: {date} {time}",
        ],
        Sentences =
        [
            "I reviewed {title} {patient-surname} on the ward this morning.",
            "{patient} presented on {date} following a fall.",
            "Spoke to {staff} ({staff-surname} team) at {time} regarding this.",
            "Result communicated to Dr {staff-surname}, bleep {extension}, {time} on {date}.",
            "Prior CT from {facility} dated {date} is unchanged.",
            "A {age} year old lady with breathlessness.",
            "Accompanied by her son, {relative}.",
            "{relative} {patient-surname} (husband) can be contacted on {phone}.",
            "Discharged home to {address}, {postcode}.",
            "Originally from {place}; retired miner.",
            "Repatriated from {facility} last week.",
            "Send a copy to {email}.",
            "The viewer link is {url}.",
            "Please merge with {accession}.",
            "Listed under MRN {mrn} at the other site.",
            "Procedure undertaken by {staff} with {staff} assisting.",
            "Cannulated by {staff}, uneventful.",
            "Implant serial no. {serial}, MR conditional.",
            "Many thanks to Professor {staff-surname} for this referral of {date}.",
            "Mrs {patient-surname} was unable to lie flat.",
            "Reported with the agreement of {staff}.",
            "His brother {relative} has the same condition.",
            "For discussion with Mr {staff-surname} at {facility}.",
            "Injected at {time} on {date}.",
            "Verified identity: {patient}, {dob}.",
            "Patient is {age} years of age.",
            "Ring extension {extension} for the images.",
            "Seen with {staff} in clinic.",
            "Dr {staff} kindly reviewed the images on {date}.",
            "Currently an inpatient on {ward}.",
            "Lives alone in {place}.",
            "Consultant: {staff}.",
        ],
        Footers =
        [
            "Reporting radiologist: {staff} FRCR {date}",
            "Signed: {staff}\nCopy to: Dr {staff-surname}",
            "D: {date} T: {date} {time} Dictated and signed by {staff}, MD",
            "Best wishes\n{staff}\nSpecialist Registrar",
        ],
        Clinical =
        [
            "Segmental collapse of the right middle lobe with air bronchograms.",
            "Tornwaldt cyst noted incidentally. Concha bullosa on the left.",
            "Budd-Chiari syndrome is excluded; patent hepatic veins.",
            "Denonvilliers fascia is intact. PI-RADS 4 lesion at the left apex.",
            "Stener lesion of the thumb. No Segond fracture.",
            "Kellgren-Lawrence grade 3 osteoarthritis of the medial compartment.",
            "Fleischner guidelines suggest repeat imaging at 12 months.",
            "On apixaban, atorvastatin and ramipril; creatinine 88.",
            "Bochdalek hernia containing fat. Morgagni defect absent.",
            "Sylvian fissure and circle of Willis are normal.",
            "Virchow node enlarged, 14 mm short axis.",
            "Weber B fracture treated with a plate; Lisfranc joint congruent.",
            "Hip prosthesis in situ, Charnley type, no loosening.",
            "IMPRESSION: Findings in keeping with Ménière disease are not seen on MRI.",
            "TI-RADS 3 nodule in the isthmus. Thyroglossal duct remnant.",
            "Couinaud segment VI lesion, washout in the delayed phase.",
            "Left ventricular mass index 74 g/m2; T1 mapping 1010 ms.",
            "Technique: 3D CISS, sagittal T1, axial FLAIR and DWI at 3 tesla.",
            "Grade 1 anterolisthesis of L4 on L5, Meyerding classification.",
            "Dynamic contrast-enhanced series with time-resolved MRA.",
            "Rathke cleft cyst, 6 x 5 mm. Normal pituitary stalk.",
            "No Pancoast tumour. Old granulomatous disease, calcified Ghon focus.",
            "Sub-centimetre nodes in Level II and Level III.",
            "Kienböck disease stage II. Intact scapholunate ligament.",
            "Bankart repair anchors noted. Hill-Sachs defect unchanged.",
        ],
    };
}
