namespace Smi.Deid.Text;

/// <summary>What a span of text identifies. The name in capitals is the placeholder that replaces it.</summary>
public enum TextCategory
{
    Name,
    Date,
    Time,
    Age,
    Id,
    Phone,
    Email,
    Url,
    Address,
    Place,
    Facility,
    Device,
}
