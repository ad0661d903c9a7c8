using Smi.Deid;

namespace Smi.Gallery;

/// <summary>A case before and after, red, green and blue for each pixel, and what the report says.</summary>
internal sealed record GalleryResult(byte[] Before, byte[] After, IReadOnlyList<RedactedRegion> Regions);
