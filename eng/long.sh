#!/bin/bash
# The long form of tests that have a short form in test.sh: the crash test with 200 kills and 5,000 messages.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
export SMI_CRASH_KILLS=${SMI_CRASH_KILLS:-200} SMI_CRASH_MESSAGES=${SMI_CRASH_MESSAGES:-5000}
dotnet build tests/Smi.Tests -v quiet
dotnet run --project tests/Smi.Tests --no-build -- -class "*CrashTests" -showLiveOutput
