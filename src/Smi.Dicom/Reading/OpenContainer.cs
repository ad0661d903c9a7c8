namespace Smi.Dicom.Reading;

/// <summary>A data set, item or sequence whose end the reader has not met yet; one entry of its stack.</summary>
internal sealed class OpenContainer
{
    /// <summary>Set for a data set or an item.</summary>
    public DicomDataSet? DataSet { get; init; }

    /// <summary>Set for a sequence: its header and the items read so far.</summary>
    public List<DicomDataSet>? Items { get; init; }

    public ElementHeader Header { get; init; }

    /// <summary>Where the header of the sequence begins.</summary>
    public long Start { get; init; }

    /// <summary>Exclusive end; where no length is given, that of what is around it.</summary>
    public required long End { get; init; }

    public required bool HasDefinedLength { get; init; }

    /// <summary>Layout of what is inside.</summary>
    public required DataSetEncoding Encoding { get; init; }

    /// <summary>A value of VR UN that only looks like a sequence: when its content cannot be read as items it is a plain value.</summary>
    public bool IsGuess { get; init; }
}
