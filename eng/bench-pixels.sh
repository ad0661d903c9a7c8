#!/bin/bash
# Measures the pixel stage from file to file and prints the tables of docs/benchmarks.md: start, reading, examination, writing and verification included.
#   eng/bench-pixels.sh [DIR]   DIR for the files (default: a temporary folder; 700 MB are needed)
# SMI_BENCH_FRAMES: of the native and the JPEG cine (1000); the others have a fifth. SMI_BENCH_ROUNDS: the best of so many (3).
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/bench-setup.sh" "${1:-}"
frames=${SMI_BENCH_FRAMES:-1000}
rounds=${SMI_BENCH_ROUNDS:-3}

# A row of the table: kind, frames, side. The best round by processor time; what disturbs only ever adds to it.
measure() {
  "$bench" pixel-input "$work" "$1" "$2" "$3"
  /usr/bin/python3 - "$rounds" "$2" "$root/smi" "$work/$1.dcm" "$work/out" <<'PYTHON' | sed "s/^/| $1, $2 of $3 × $3 | /"
import os, shutil, subprocess, sys, time
rounds, frames, smi, source, target = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
best = None
for _ in range(rounds):
    shutil.rmtree(target, ignore_errors=True)
    started = time.time()
    process = subprocess.Popen([smi, "anonymise", source, target], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"smi failed with {status}")
    seconds = time.time() - started
    row = (used.ru_utime + used.ru_stime, seconds, used.ru_maxrss / 1024)
    best = min(best or row, row)
shutil.rmtree(target, ignore_errors=True)
cpu, seconds, memory = best
print(f"{1000 * cpu / frames:.1f} ms | {frames / seconds:.0f} | {memory:.0f} MB | {os.path.getsize(source) / 1e6:.0f} MB |")
PYTHON
  rm -f "$work/$1.dcm"
}

echo "| cine | CPU a frame | frames/s | resident at the most | file |"
echo "| --- | --- | --- | --- | --- |"
measure native "$frames" 512
measure jpeg-baseline "$frames" 512
for kind in rle jpeg-lossless jpeg-ls jpeg-2000 jpeg-2000-slices; do
  measure "$kind" $((frames / 5)) 512
done
measure native 12 2048
measure native 1 512
measure native 1 2048
echo
"$bench" codecs
echo
"$bench" detector
