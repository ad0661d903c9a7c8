using Smi.Dicom;

namespace Smi.Deid.Tags.Profile;

/// <summary>Says in the object what was done to it (PS3.15 E.1.1, PS3.3 C.7.1.1 and C.12.1).</summary>
internal static class DeidentificationMarks
{
    private static readonly (RetainOptions Option, string Code)[] RetainCodes =
    [
        (RetainOptions.LongitudinalFullDates, MethodCodes.RetainFullDates),
        (RetainOptions.LongitudinalModifiedDates, MethodCodes.RetainModifiedDates),
        (RetainOptions.PatientCharacteristics, MethodCodes.RetainPatientCharacteristics),
        (RetainOptions.DeviceIdentity, MethodCodes.RetainDeviceIdentity),
        (RetainOptions.Uids, MethodCodes.RetainUids),
        (RetainOptions.SafePrivate, MethodCodes.RetainSafePrivate),
        (RetainOptions.InstitutionIdentity, MethodCodes.RetainInstitutionIdentity),
    ];

    public static void Set(DeidContext context, bool cleansDescriptors)
    {
        var edited = context.Edited;
        context.Report.CarriedOut(MethodCodes.BasicProfile);
        foreach (var (option, code) in RetainCodes)
        {
            if (context.Policy.Retain.HasFlag(option))
            {
                context.Report.CarriedOut(code);
            }
        }

        if (cleansDescriptors)
        {
            context.Report.CarriedOut(MethodCodes.CleanDescriptors);
        }

        edited.SetString(DicomTags.PatientIdentityRemoved, VR.CS, "YES");
    }

    /// <summary>After the last stage: only then is it known whether a date was moved or all of them have gone.</summary>
    public static void SetDateState(DeidContext context)
    {
        if (context.Report.MethodCodes.Contains(MethodCodes.BasicProfile))
        {
            context.Edited.SetString(DicomTags.LongitudinalTemporalInformationModified, VR.CS, DateState(context));
        }
    }

    private static string DateState(DeidContext context) =>
        context.Policy.Retain.HasFlag(RetainOptions.LongitudinalFullDates) ? "UNMODIFIED"
        : context.Report.HasMovedDates || context.Policy.Retain.HasFlag(RetainOptions.LongitudinalModifiedDates) ? "MODIFIED"
        : "REMOVED";
}
