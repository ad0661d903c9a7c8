using System.Globalization;
using Smi.Dicom;

namespace Smi.Deid.Samples;

/// <summary>One study of an invented patient: its UIDs, dates and numbers, and the modules that all its instances share.</summary>
internal sealed class SampleStudy
{
    private static readonly DateOnly FirstDay = new(2017, 1, 2);
    private readonly int seed;
    private readonly SampleRandom random;

    /// <param name="examination">The modality of the examination that this is a further series of, for reports and captures.</param>
    public SampleStudy(SamplePatient patient, string modality, int seed, string? examination = null)
    {
        this.seed = seed;
        Patient = patient;
        Modality = modality;
        random = new SampleRandom(seed, $"{patient.Key} {examination ?? modality} study");
        Date = FirstDay.AddDays(random.Next(0, 2500));
        Time = string.Create(CultureInfo.InvariantCulture, $"{random.Next(7, 19):00}{random.Next(0, 60):00}{random.Next(0, 60):00}");
        AccessionNumber = "A" + random.Digits(9);
        Uid = random.Uid($"{patient.Key} {examination ?? modality} study");
        FrameOfReferenceUid = random.Uid(Label("frame of reference"));
    }

    public SamplePatient Patient { get; }

    public string Modality { get; }

    public DateOnly Date { get; }

    public string Time { get; }

    public string AccessionNumber { get; }

    public string Uid { get; }

    public string FrameOfReferenceUid { get; }

    public string DicomDate => Format(Date);

    /// <summary>The day as machines and reports print it.</summary>
    public string PrintedDate => Date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    public string PrintedBirthDate => Patient.Born.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    public static string Format(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public SampleRandom Random(string label) => new(seed, Label(label));

    public string SeriesUid(int series) => random.Uid(Label($"series {series}"));

    public string InstanceUid(int series, int instance) => random.Uid(Label($"instance {series}/{instance}"));

    /// <summary>A data set with everything but what is special to its modality.</summary>
    public SampleDataSet NewInstance(string sopClass, int series, int instance, string description)
    {
        var dataSet = new SampleDataSet(Patient.CharacterSet);
        if (Patient.Terms.Length > 0)
        {
            dataSet.Put("SpecificCharacterSet", Patient.Terms);
        }

        dataSet
            .Put("InstanceCreationDate", DicomDate)
            .Put("InstanceCreationTime", Time)
            .Put("SOPClassUID", sopClass)
            .Put("SOPInstanceUID", InstanceUid(series, instance))
            .Put("TimezoneOffsetFromUTC", "+0000")
            .Put("InstanceNumber", instance)
            .Put("SeriesInstanceUID", SeriesUid(series))
            .Put("SeriesNumber", series)
            .Put("SeriesDescription", description);
        SampleModules.AddPatient(dataSet, this);
        SampleModules.AddStudy(dataSet, this);
        SampleModules.AddSeries(dataSet, this);
        if (Modality != "SR")
        {
            SampleModules.AddAcquisition(dataSet, this);
        }

        SampleModules.AddEquipment(dataSet, this);
        SampleModules.AddPrivateBlocks(dataSet, this);
        return dataSet;
    }

    public SampleFile File(SampleDataSet dataSet, TransferSyntax syntax, params IReadOnlyList<SampleText> burnedIn)
    {
        if (syntax.IsEncapsulated)
        {
            SampleCompression.Compress(dataSet.DataSet, syntax);
        }

        var numbers = (dataSet.DataSet.GetInt32(DicomTags.SeriesNumber), dataSet.DataSet.GetInt32(DicomTags.InstanceNumber));
        return new SampleFile
        {
            RelativePath = string.Create(CultureInfo.InvariantCulture, $"{Patient.Key}/{Modality}/{numbers.Item1:000}/{numbers.Item2:0000}.dcm"),
            DataSet = dataSet.DataSet,
            Syntax = syntax,
            BurnedInText = burnedIn,
            Identifiers = [.. FamilyNames(), Patient.Id, Patient.OtherId, AccessionNumber, Uid],
        };
    }

    private IEnumerable<string> FamilyNames() =>
        PersonName.Parse(Patient.Name).Groups.Select(group => group.FamilyName).Where(name => name.Length > 0);

    private string Label(string label) => $"{Patient.Key} {Modality} {label}";
}
