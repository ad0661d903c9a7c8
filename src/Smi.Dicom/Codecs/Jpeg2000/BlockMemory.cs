namespace Smi.Dicom.Codecs.Jpeg2000;

/// <summary>
/// What the coding passes of a code-block keep and look up, in one piece, so that one pointer reaches all of it: the states of the contexts,
/// what follows each state, the registers of the arithmetic decoder, and the contexts by neighbourhood.
/// </summary>
internal unsafe struct BlockMemory
{
    public fixed ulong Contexts[BlockContexts.Count];
    public fixed ulong AfterMore[MqStates.Count];
    public fixed ulong AfterLess[MqStates.Count];
    public long Interval;
    public long Code;
    public byte* Next;
    public byte* End;
    public fixed byte ZeroCoding[BlockContexts.Neighbourhoods];
    public fixed byte SignCoding[BlockContexts.SignNeighbourhoods];

    public void Prepare(Subband subband)
    {
        ResetContexts();
        fixed (BlockMemory* memory = &this)
        {
            MqStates.AfterMore.CopyTo(new Span<ulong>(memory->AfterMore, MqStates.Count));
            MqStates.AfterLess.CopyTo(new Span<ulong>(memory->AfterLess, MqStates.Count));
            BlockContexts.ZeroCoding(subband).CopyTo(new Span<byte>(memory->ZeroCoding, BlockContexts.Neighbourhoods));
            BlockContexts.SignCoding.CopyTo(new Span<byte>(memory->SignCoding, BlockContexts.SignNeighbourhoods));
        }
    }

    public void ResetContexts()
    {
        fixed (ulong* contexts = Contexts)
        {
            BlockContexts.Reset(new Span<ulong>(contexts, BlockContexts.Count));
        }
    }
}
