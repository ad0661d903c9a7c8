using BenchmarkDotNet.Running;
using Smi.Bench;

// What runs without BenchmarkDotNet is for eng/bench.sh and eng/bench-pixels.sh: inputs, rounds over a folder within one warm process, speeds of codecs and the detector.
return args switch
{
    ["inputs", var folder, .. var golden] => Inputs.Write(folder, golden.FirstOrDefault()),
    ["rounds", var input, var output, var tags, var clean, var jobs, var count] =>
        Rounds.Run(new RoundOptions(input, output, tags, clean, int.Parse(jobs, null), int.Parse(count, null))),
    ["pixel-input", var folder, var kind, var frames, var side] => PixelInputs.Write(folder, kind, int.Parse(frames, null), int.Parse(side, null)),
    ["codecs"] => CodecSpeeds.Print(),
    ["detector"] => DetectorSpeeds.Print(),
    _ => Summarise(args),
};

static int Summarise(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(HotPathBenchmarks).Assembly).Run(args);
    return 0;
}
