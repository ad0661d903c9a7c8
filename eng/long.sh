#!/bin/bash
# Tests that take minutes to hours: a function each. ./test.sh runs their short forms.
#   eng/long.sh NAME...     runs these; without a name it prints what there is
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 NUGET_CERT_REVOCATION_MODE=offline MSBUILDTERMINALLOGGER=off

# Runs one test method of a test project: project, full name of the method.
run_test() {
  dotnet build "$root/tests/$1" -c Release --disable-build-servers -v quiet
  "$root/smi" --version > /dev/null
  dotnet "$root/artifacts/bin/$1/release/$1.dll" -method "$2" -showLiveOutput -noColor
}

# 5,000 messages, 200 kills -9, 5 broker restarts (every second one a kill), the disk full once. Needs rabbitmq-server, and root for the small disk.
crash_rabbitmq() {
  SMI_CRASH_KILLS=${SMI_CRASH_KILLS:-200} run_test Smi.Tests 'Smi.Tests.Crash.CrashTests.Over_RabbitMQ_nothing_is_lost_by_kills_and_restarts_of_the_broker'
}

# The same over the embedded broker, whose file is on the disk that runs full.
crash_embedded() {
  SMI_CRASH_KILLS=${SMI_CRASH_KILLS:-200} run_test Smi.Tests 'Smi.Tests.Crash.CrashTests.Over_the_embedded_broker_nothing_is_lost_by_kills'
}

# 60,000 damaged files through reader, writer and the whole journey: typed errors and refusals only.
damaged_files() {
  SMI_DAMAGED_FILES=${SMI_DAMAGED_FILES:-60000} run_test Smi.Deid.Tests 'Smi.Deid.Tests.DamagedFileTests.A_damaged_file_is_deidentified_or_refused'
}

if [ $# = 0 ]; then
  sed -nE 's/^([a-z_]+)\(\) \{$/\1/p' "$0" | grep -v '^run_test$'
fi
for name in "$@"; do
  "$name"
done
