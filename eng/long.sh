#!/bin/bash
# Tests that take minutes to hours: a function each. ./test.sh runs their short forms.
#   eng/long.sh NAME...     runs these; without a name it prints what there is
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 NUGET_CERT_REVOCATION_MODE=offline MSBUILDTERMINALLOGGER=off

# Runs one test method of a test project: project, full name of the method, more options.
run_test() {
  dotnet build "$root/tests/$1" -c Release --disable-build-servers -v quiet
  "$root/smi" --version > /dev/null
  dotnet "$root/artifacts/bin/$1/release/$1.dll" -method "$2" -showLiveOutput -noColor "${@:3}"
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

# 20,000 damaged codestreams of each syntax: a frame or a typed refusal, soon, without much memory.
damaged_streams() {
  SMI_DAMAGED_STREAMS=${SMI_DAMAGED_STREAMS:-20000} run_test Smi.Dicom.Tests 'Smi.Dicom.Tests.Codecs.DamagedStreamTests.*'
}

# 1,000 reversible JPEG 2000 streams of random coding and geometry with boxes blanked, read by us and by OpenJPEG. Needs libopenjp2-tools.
coded_streams() {
  SMI_CODED_STREAMS=${SMI_CODED_STREAMS:-1000} run_test Smi.Dicom.Tests 'Smi.Dicom.Tests.Codecs.Jpeg2000.Jpeg2000RedactorTests.Blanks_boxes_in_any_coding'
}

# A text of 10 MB, and a report of 50 MB in 51,200 items: the work is in proportion, and the end is cleaned.
large_texts() {
  SMI_TEXT_MEGABYTES=10 run_test Smi.Deid.Tests 'Smi.Deid.Tests.Text.LargeTextTests.The_work_for_one_long_text_is_in_proportion_to_its_length'
  SMI_TEXT_MEGABYTES=10 run_test Smi.Deid.Tests 'Smi.Deid.Tests.Text.LargeTextTests.Cleans_one_long_text_to_its_end'
  SMI_TEXT_MEGABYTES=50 run_test Smi.Deid.Tests 'Smi.Deid.Tests.Text.LargeTextTests.Cleans_a_report_of_many_items_to_its_end'
}

# 100,000 files through pools of daemons, by lines and by JSON lines, each with a number of its own: none is lost or taken for another.
tool_round_trips() {
  SMI_TOOL_ROUND_TRIPS=${SMI_TOOL_ROUND_TRIPS:-100000} run_test Smi.Deid.Tests 'Smi.Deid.Tests.Tools.ToolPoolTests.No_answer_is_lost_or_given_to_another_file'
}

# 1,000 crashes of a daemon that leaves helpers behind: no process, no file and no descriptor stays.
tool_crashes() {
  SMI_TOOL_CRASHES=${SMI_TOOL_CRASHES:-1000} run_test Smi.Deid.Tests 'Smi.Deid.Tests.Tools.ToolPoolTests.Crashes_leave_no_process_no_file_and_no_descriptor'
}

# Files through ctp-anon-cli alone and through us, attribute by attribute; the same two variables as below.
tool_ctp() {
  run_test Smi.Deid.Tests 'Smi.Deid.Tests.Tools.RealCtpTests.What_it_makes_of_a_file_comes_through_us_unchanged_but_for_the_method' -explicit on
}

# A pool of one ctp-anon-cli against ctp-anon-cli alone: SMI_TEST_CTP_ANON_CLI names the jar, SMI_TEST_CTP_SCRIPT a script.
tool_throughput() {
  SMI_TOOL_FILES=${SMI_TOOL_FILES:-300} SMI_TOOL_ROUNDS=${SMI_TOOL_ROUNDS:-5} \
    run_test Smi.Deid.Tests 'Smi.Deid.Tests.Tools.ThroughputTests.A_pool_lets_its_daemon_work_nearly_as_fast_as_alone'
}

# Outputs of the original CTP beside ours, attribute by attribute. SMI_TEST_CTP_GOLDEN names a folder with in/, scripts/, out/SCRIPT/ and compare.py
# (needs python3-pydicom).
ctp_golden() {
  local golden=${SMI_TEST_CTP_GOLDEN:?names the folder with the original\'s outputs} dir script name wrong=0
  dir=$(mktemp -d)
  for script in "$golden"/scripts/*.script; do
    name=$(basename "$script" .script)
    "$root/smi" anonymise "$golden/in" "$dir/$name" --tags "$script" --ctp-strict --clean none --names source > "$dir/$name.log" 2>&1 || true
    echo "$name: $(/usr/bin/python3 -W ignore "$golden/compare.py" "$golden/out/$name" "$dir/$name" 2> /dev/null | tee "$dir/$name.compare" | tail -n 1)"
    grep -qE 'differ|no output|unreadable' "$dir/$name.compare" && wrong=1
  done
  rm -rf "$dir"
  return $wrong
}

# 1,000 synthetic files from a CSV to the reports: RabbitMQ, MariaDB, a process per service; everything is counted.
workflow() {
  "$root/eng/workflow-run.sh" "${SMI_WORKFLOW_FILES:-1000}"
}

# A million UIDs through extract-images, over both brokers, twice: time and memory.
extract_images() {
  local dir port=$((20000 + RANDOM % 5000))
  dir=$(mktemp -d)
  mkdir "$dir/extractRoot"
  awk 'BEGIN { print "SOPInstanceUID"; for (i = 1; i <= 1000000; i++) printf "1.2.840.113619.2.1.%d.%d\n", i, (i * 7919) % 1000003 }' > "$dir/extractRoot/million.csv"
  "$root/eng/rabbitmq.sh" start "$dir/rabbitmq" "$port"
  echo "FileSystemOptions: { ExtractRoot: extractRoot }" | tee "$dir/embedded.yaml" > "$dir/rabbitmq.yaml"
  echo "MessageBrokerType: Embedded" >> "$dir/embedded.yaml"
  echo "RabbitOptions: { RabbitMqHostName: 127.0.0.1, RabbitMqHostPort: $port, RabbitMqManagementPort: $((port + 1)), RabbitMqVirtualHost: smi_extract }" >> "$dir/rabbitmq.yaml"
  "$root/smi" setup-broker -y "$dir/rabbitmq.yaml" > /dev/null
  for broker in embedded rabbitmq embedded rabbitmq; do
    rm -rf "$dir/extractRoot/p"
    echo "$broker:"
    (cd "$dir" && /usr/bin/python3 - "$root/smi" extract-images -y "$broker.yaml" -p p -c extractRoot/million.csv -n <<'PYTHON'
import resource, subprocess, sys, time
started = time.time()
subprocess.run(sys.argv[1:], check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{time.time() - started:.1f} s, {used.ru_utime + used.ru_stime:.1f} s CPU, {used.ru_maxrss // 1024} MB at the most", flush=True)
PYTHON
    )
  done
  "$root/eng/rabbitmq.sh" kill "$dir/rabbitmq"
  rm -rf "$dir"
}

# 6,000 headers into the index: from the page cache three times, then killed up to twenty times on the way; the index must be whole at the end.
index() {
  local dir killed=0
  dir=$(mktemp -d)
  "$root/smi" sample "$dir/root" --files 6000
  echo "FileSystemOptions: { FileSystemRoot: root, DicomSearchPattern: '*' }" > "$dir/index.yaml"
  cd "$dir"
  for _ in 1 2 3; do
    rm -f smi-index.db*
    time "$root/smi" index root -y index.yaml 2> /dev/null
  done
  rm -f smi-index.db*
  for _ in $(seq 20); do
    "$root/smi" index root -y index.yaml > /dev/null 2>&1 &
    sleep "0.$(printf '%02d' $((5 + RANDOM % 30)))"
    kill -9 $! 2> /dev/null && killed=$((killed + 1))
    wait $! 2> /dev/null || true
  done
  echo "$killed of 20 runs were killed"
  [ "$killed" -gt 4 ]
  "$root/smi" index root -y index.yaml 2> /dev/null
  "$root/smi" index root -y index.yaml 2> /dev/null | grep "^0 read, $(find root -type f | wc -l) unchanged"
  cd / && rm -rf "$dir"
}

# The offline bundle: built twice to the same bytes, unpacked on a bare Debian in a network namespace without any interface, where doctor and demo
# pass. Needs root, debootstrap, and what eng/bundle.sh needs.
bundle() {
  local work archive
  work=$(mktemp -d)
  "$root/eng/bundle.sh" "$work/one"
  "$root/eng/bundle.sh" "$work/two"
  archive=$(basename "$work"/one/*.tar.gz)
  cmp "$work/one/$archive" "$work/two/$archive" && echo "two builds, the same bytes"
  debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$work/bare" > "$work/debootstrap.log"
  mkdir "$work/bare/opt/bundle"
  tar -xzf "$work/one/$archive" -C "$work/bare/opt/bundle" --strip-components=1
  unshare --net --mount bash -euc '
    mount -t proc proc "$1/proc"
    [ "$(tail -n +3 /proc/self/net/dev | grep -vc " lo:")" = 0 ]
    chroot "$1" /usr/bin/env -i HOME=/root PATH=/usr/bin:/bin sh -euc "
      cd /opt/bundle
      sha256sum --quiet -c SHA256SUMS
      ./smi doctor
      ./smi demo"' bash "$work/bare"
  rm -rf "$work"
  echo "the bundle runs on a bare Debian without a network"
}

if [ $# = 0 ]; then
  sed -nE 's/^([a-z_]+)\(\) \{$/\1/p' "$0" | grep -v '^run_test$'
fi
for name in "$@"; do
  "$name"
done
