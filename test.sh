#!/bin/bash
# Installs what the tests need, builds everything without a warning, runs every test. Ends with one line: N passed, N failed.
# With CI=true a skipped test counts as failed.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")" || exit 1

# Programs that tests run; each is a Debian package. A test says what it misses where one could not be installed.
packages=(dcmtk dicom3tools libgdcm-tools libopenjp2-tools python3-pydicom rabbitmq-server mariadb-server postgresql tesseract-ocr redis-server openjdk-17-jre-headless)

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false NUGET_CERT_REVOCATION_MODE=offline
export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off
log=$PWD/artifacts/test
mkdir -p "$log"
if [ ! -w "${HOME:-/nowhere}" ]; then
  export HOME=$PWD/artifacts/launcher/home
  mkdir -p "$HOME"
fi

finish() {
  echo "$1 passed, $2 failed"
  [ "$2" = 0 ] && [ "$1" != 0 ]
  exit
}

install_packages() {
  local missing=()
  for package in "${packages[@]}"; do
    dpkg -s "$package" > /dev/null 2>&1 || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "Not installed, so some tests are skipped: ${missing[*]}"
    return
  fi
  echo "Installing ${missing[*]} …"
  # RUNLEVEL=1: the servers are started by the tests that want them, not as services of this machine.
  (apt-get update -q && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}") \
    > "$log/install.log" 2>&1 || echo "That failed; see $log/install.log"
}

install_packages

echo "Building …"
if ! dotnet build smi.slnx -c Release --disable-build-servers -v quiet > "$log/build.log" 2>&1; then
  grep -E 'error|warning' "$log/build.log" | sort -u || cat "$log/build.log"
  finish 0 1
fi
./smi --version > /dev/null || finish 0 1

echo "Testing …"
options=(--no-build -c Release --no-progress --no-ansi)
[ "${CI:-}" = true ] && options+=(--fail-skips on)
dotnet test --solution smi.slnx "${options[@]}" 2>&1 | tee "$log/test.log" | grep -vE '^\s*$'

count() { sed -nE "s/^ *$1: *([0-9]+).*/\1/p" "$log/test.log" | tail -n 1; }
passed=$(count succeeded)
failed=$(count failed)
# A project that ends without a word, by a crash or without a test, is a failure too.
if [ "${failed:-0}" = 0 ] && ! grep -q '^Test run summary: Passed!' "$log/test.log"; then
  failed=1
fi
finish "${passed:-0}" "${failed:-0}"
