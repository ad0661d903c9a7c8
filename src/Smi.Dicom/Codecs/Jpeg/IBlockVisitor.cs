namespace Smi.Dicom.Codecs.Jpeg;

/// <summary>What is done with each block of a DCT scan, in the order of the codestream.</summary>
internal interface IBlockVisitor
{
    /// <summary>Called before the first block of each restart interval; predictions and runs begin anew.</summary>
    void BeginInterval(int interval);

    /// <param name="component">Index among the components of the scan.</param>
    /// <param name="column">Of the block, counted in blocks.</param>
    /// <param name="row">Of the block, counted in blocks.</param>
    /// <param name="reader">Stands at the first bit of the block.</param>
    void Visit(int component, int column, int row, ref EntropyReader reader);
}
