#!/bin/bash
# Measures the tag stage beside cp and prints the table of docs/benchmarks.md. Nothing is flushed to disk on either side.
#   eng/bench.sh [DIR] [SCRIPT]   DIR for the files (default: a temporary folder; 1.5 GB are needed), SCRIPT a CTP script to measure as well
# Small inputs repeat the files of ../shared/golden/ctp/in where they are there, and else those of smi sample.
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/bench-setup.sh" "${1:-}"
export DOTNET_TieredPGO=0
script=${2:-}
golden=$root/../shared/golden/ctp/in
rounds=${SMI_BENCH_ROUNDS:-20}

read -r build < "$root/artifacts/launcher/stamp"
program=$root/artifacts/launcher/$build/smi.dll
if [ -d "$golden" ]; then "$bench" inputs "$work/in" "$golden"; else "$bench" inputs "$work/in"; fi

# The best of five, since what disturbs a measurement only ever adds to it: seconds of wall clock, seconds of processor.
best_of() {
  for _ in 1 2 3 4 5; do
    rm -rf "$work/out"
    { TIMEFORMAT='%R %U %S'; time "$@" > /dev/null 2>&1; } 2>&1 | awk '{ print $1, $2 + $3 }'
  done | sort -n | awk 'NR == 1 { wall = $1 } { if (cpu == "" || $2 < cpu) cpu = $2 } END { print wall, cpu }'
  rm -rf "$work/out"
}

# The best round of a warm process: its line, without its number.
warm() {
  rm -rf "$work/out"
  mkdir -p "$work/out"
  "$bench" rounds "$work/in/$1" "$work/out" "$2" none "$3" "$rounds" | grep '^round' | sed 's/^round [0-9]*: //' | sort -n | head -n 1
}

echo "| input | jobs | cp -r | warm process, tags only |"
echo "| --- | --- | --- | --- |"
for kind in small ct multi-frame; do
  read -r wall cpu < <(best_of cp -r "$work/in/$kind" "$work/out")
  for jobs in 1 "$(nproc)"; do
    echo "| $kind | $jobs | $wall s, $cpu s CPU | $(warm "$kind" basic "$jobs") |"
  done
done
if [ -n "$script" ]; then
  for jobs in 1 "$(nproc)"; do
    echo "| small, $(basename "$script") | $jobs | | $(warm small "$script" "$jobs") |"
  done
fi

one=$(find "$work/in/ct" -type f | sort | head -n 1)
echo
echo "| whole program, start included | wall | CPU |"
echo "| --- | --- | --- |"
for what in "$one" "$work/in/small" "$work/in/ct" "$work/in/multi-frame"; do
  read -r wall cpu < <(best_of dotnet "$program" anonymise "$what" "$work/out" --clean none --names source)
  echo "| ${what#"$work"/in/} | $wall s | $cpu s |"
done
