# Sourced by the benchmarks of the folder command with a folder, or nothing for the temporary one: sets root, work (a folder of its own there, gone at
# the end) and bench (the built program of bench/Smi.Bench), and builds the launcher's program.
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 NUGET_CERT_REVOCATION_MODE=offline MSBUILDTERMINALLOGGER=off
work=$(mktemp -d -p "${1:-${TMPDIR:-/tmp}}" smi-bench-XXXXXX)
trap 'rm -rf "$work"' EXIT

dotnet build "$root/bench/Smi.Bench" -c Release --disable-build-servers -v quiet
"$root/smi" --version > /dev/null
bench=$root/artifacts/bin/Smi.Bench/release/Smi.Bench
