#!/bin/bash
# Throughput of the anonymiser service over RabbitMQ and over the embedded broker, beside the folder command (flushed) and a bare echo.
#   eng/bench-services.sh [ROWS] [FILES] [ROUNDS] [FOLDER]     CTs of ROWS × ROWS (512), how many (3000), rounds (3), where to write (a temporary folder)
# Needs rabbitmq-server; everything is removed at the end. Prints a table in Markdown.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
rows=${1:-512} files=${2:-3000} rounds=${3:-3}
work=$(mktemp -d -p "${4:-${TMPDIR:-/tmp}}" smi-bench-XXXXXX)
port=$((20000 + RANDOM % 20000))

finish() {
  "$root/eng/rabbitmq.sh" kill "$work/rabbit" > /dev/null 2>&1 || true
  chmod -R u+w "$work" && rm -rf "$work"
}
trap finish EXIT

# As the launcher starts it.
export DOTNET_TieredPGO=${DOTNET_TieredPGO:-0}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 NUGET_CERT_REVOCATION_MODE=offline
dotnet build "$root/bench/Smi.Services.Bench" -c Release --disable-build-servers -v quiet > "$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 3; }
"$root/smi" --version > /dev/null
program=$root/artifacts/launcher/$(cat "$root/artifacts/launcher/stamp")/smi
"$root/eng/rabbitmq.sh" start "$work/rabbit" "$port" > /dev/null
"$root/artifacts/bin/Smi.Services.Bench/release/Smi.Services.Bench" throughput "$program" "$work" "$port" "$rows" "$files" "$rounds"
