namespace Smi.Deid.Text.Rules;

/// <summary>What the data_type of a rule means here. Anything unknown is an identifier: it is cut in any case.</summary>
internal static class RuleCategories
{
    public static TextCategory Of(string dataType)
    {
        var type = dataType.ToLowerInvariant();
        if (type.Contains("phone", StringComparison.Ordinal)) return TextCategory.Phone;
        if (type.Contains("mail", StringComparison.Ordinal)) return TextCategory.Email;
        if (type.Contains("address", StringComparison.Ordinal)) return TextCategory.Address;
        if (type.Contains("date", StringComparison.Ordinal) || type == "dob") return TextCategory.Date;
        if (type.Contains("clinic", StringComparison.Ordinal) || type.Contains("institute", StringComparison.Ordinal) || type is "ward") return TextCategory.Facility;
        return type is "doctor" or "patient" or "assistant" or "end-initials" or "name" || type.Contains("consultant", StringComparison.Ordinal) ? TextCategory.Name : TextCategory.Id;
    }
}
