using Smi.Dicom;

namespace Smi.Deid.Explanations;

/// <summary>Says which rule of a tag policy decides about an attribute: a script's, or the profile's.</summary>
internal interface IRuleReasons
{
    /// <param name="element">As it was read.</param>
    /// <param name="original">The data set or item it stands in.</param>
    string Of(DicomElement element, DicomDataSet original);
}
