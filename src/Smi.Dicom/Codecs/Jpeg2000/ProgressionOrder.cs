namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>The order of packets (ITU T.800 table A.16): layer, resolution, component, position.</summary>
internal enum ProgressionOrder
{
    LayerResolution = 0,
    ResolutionLayer = 1,
    ResolutionPosition = 2,
    PositionComponent = 3,
    ComponentPosition = 4,
}
