#!/bin/bash
# The example workflow over a real RabbitMQ with metadata and jobs in a real MariaDB, a process per service; then counts everything.
#   eng/workflow-run.sh [FILES]     at least so many synthetic files (default 1000); prints its figures, ends with 1 when a count is wrong
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
files=${1:-1000}
work=$(mktemp -d "${TMPDIR:-/tmp}/smi-workflow.XXXXXX")
chmod 755 "$work"
port=$((20000 + RANDOM % 5000 * 2))
maria=$((port + 10))
smi() { "$root/smi" "$@"; }
say() { echo "$(date -u +%H:%M:%S) $*"; }
pids=()

finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
  "$root/eng/rabbitmq.sh" stop "$work/rabbitmq" > /dev/null 2>&1 || true
  "$root/eng/mariadb.sh" stop "$work/mariadb" > /dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT

fail() { echo "WRONG: $*" >&2; tail -n 5 "$work"/*.log >&2; exit 1; }
equal() { [ "$2" = "$3" ] || fail "$1: $2 instead of $3"; echo "  $1: $2"; }
sql() { mariadb --no-defaults --user=root --socket="$work/mariadb/socket" --batch --skip-column-names smi -e "$1"; }

say "servers"
"$root/eng/rabbitmq.sh" start "$work/rabbitmq" "$port"
"$root/eng/mariadb.sh" start "$work/mariadb" "$maria"
mariadb --no-defaults --user=root --socket="$work/mariadb/socket" -e 'CREATE DATABASE smi CHARACTER SET utf8mb4'

say "originals, settings, metadata"
smi sample "$work/example" --workflow --files "$files" > /dev/null
cd "$work/example"
connection="Server=127.0.0.1;Port=$maria;User=root;Database=smi"
cat > services.yaml <<YAML
MessageBrokerType: RabbitMQ
RabbitOptions: { RabbitMqHostName: 127.0.0.1, RabbitMqHostPort: $port, RabbitMqManagementPort: $((port + 1)), RabbitMqVirtualHost: smi_extract }
LoggingOptions: { LogsRoot: logs, TraceLogging: true }
FileSystemOptions: { FileSystemRoot: fileSystemRoot, ExtractRoot: extractRoot, DicomSearchPattern: "*" }
CohortExtractorOptions:
  QoSPrefetchCount: 10
  RequestFulfillerType: SqlFulfiller
  ProjectPathResolverType: PseudonymousProjectPathResolver
  Sql: { DatabaseType: MariaDB, ConnectionString: "$connection", Tables: { CT: CT_ImageTable, "*": Other_ImageTable }, ModalityColumn: Modality }
  BlockLists: [ { DatabaseType: MariaDB, ConnectionString: "$connection", Table: OptOut, Column: PatientID } ]
DicomAnonymiserOptions: { AnonymiserType: BuiltIn, AnonFileConsumerOptions: { QueueName: ExtractFileAnonQueue, QoSPrefetchCount: 1024 } }
DeidOptions: { KeyFile: smi.key }
IsIdentifiableServiceOptions: { QoSPrefetchCount: 100 }
CohortPackagerOptions:
  ExtractRequestInfoOptions: { QueueName: RequestInfoQueue, QoSPrefetchCount: 10 }
  FileCollectionInfoOptions: { QueueName: FileCollectionInfoQueue, QoSPrefetchCount: 100 }
  NoVerifyStatusOptions: { QueueName: ExtractedFileNoVerifyQueue, QoSPrefetchCount: 1000 }
  VerificationStatusOptions: { QueueName: ExtractedFileVerifiedQueue, QoSPrefetchCount: 1000 }
  JobStore: { DatabaseType: MariaDB, ConnectionString: "$connection" }
YAML
smi setup-broker -y services.yaml > /dev/null
smi index fileSystemRoot -y services.yaml

# The image tables of a deployment, from the index; the second patient has opted out, one file is gone since, one is no DICOM any more.
/usr/bin/python3 - > metadata.sql <<'PYTHON'
import sqlite3
columns = "RelativeFileArchiveURI VARCHAR(500), StudyInstanceUID VARCHAR(64), SeriesInstanceUID VARCHAR(64), SOPInstanceUID VARCHAR(64), PatientID VARCHAR(64), Modality VARCHAR(16)"
for table in ("CT_ImageTable", "Other_ImageTable"):
    print(f"CREATE TABLE {table}({columns}, KEY(StudyInstanceUID), KEY(SeriesInstanceUID), KEY(SOPInstanceUID));")
quoted = lambda value: "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"
rows = sqlite3.connect("smi-index.db").execute("SELECT path, study, series, instance, patient_id, modality FROM files ORDER BY path").fetchall()
for row in rows:
    print(f"INSERT INTO {'CT_ImageTable' if row[5] == 'CT' else 'Other_ImageTable'} VALUES({','.join(map(quoted, row))});")
print(f"CREATE TABLE OptOut(PatientID VARCHAR(64)); INSERT INTO OptOut VALUES({quoted(rows[1][4])});")
PYTHON
mariadb --no-defaults --user=root --socket="$work/mariadb/socket" smi < metadata.sql
kept=$(sql "SELECT RelativeFileArchiveURI FROM Other_ImageTable WHERE PatientID NOT IN (SELECT * FROM OptOut) ORDER BY 1 LIMIT 2")
gone=$(head -n 1 <<< "$kept")
broken=$(tail -n 1 <<< "$kept")
rm -f "fileSystemRoot/$gone" "fileSystemRoot/$broken"
echo "no DICOM" > "fileSystemRoot/$broken"
chmod 444 "fileSystemRoot/$broken"
all=$(sql "SELECT (SELECT COUNT(*) FROM CT_ImageTable) + (SELECT COUNT(*) FROM Other_ImageTable)")
opted=$(sql "SELECT COUNT(*) FROM (SELECT PatientID FROM CT_ImageTable UNION ALL SELECT PatientID FROM Other_ImageTable) a JOIN OptOut USING(PatientID)")
series=$(sql "SELECT COUNT(DISTINCT SeriesInstanceUID) FROM (SELECT SeriesInstanceUID FROM CT_ImageTable UNION SELECT SeriesInstanceUID FROM Other_ImageTable) a")
{ echo SeriesInstanceUID; sql "SELECT SeriesInstanceUID FROM CT_ImageTable UNION SELECT SeriesInstanceUID FROM Other_ImageTable"; } > extractRoot/cohort.csv

say "services, each a process"
for service in cohort-extractor dicom-anonymiser file-copier is-identifiable cohort-packager; do
  "$root/smi" "$service" -y services.yaml > "$work/$service.log" 2>&1 &
  pids+=($!)
done
started=$(date +%s.%N)
smi extract-images -y services.yaml -p project-001 -c extractRoot/cohort.csv -n
job=$(cat extractRoot/project-001/extractions/cohort/jobId.txt)
timeout 1800 "$root/smi" status "$job" --wait -y services.yaml > status.txt || fail "the job did not become complete"
seconds=$(awk -v from="$started" -v to="$(date +%s.%N)" 'BEGIN { printf "%.1f", to - from }')
cat status.txt
for pid in "${pids[@]}"; do kill "$pid"; wait "$pid" || fail "a service ended with an error"; done
pids=()

say "counting"
dispatched=$((all - opted))
reports=extractRoot/project-001/extractions/reports/cohort
rows() { tail -n +2 "$reports/$1" | wc -l; }
equal "series asked for" "$(sql "SELECT COUNT(*) FROM smi_collections WHERE job='$job'")" "$series"
equal "files dispatched (opted out: $opted)" "$(sql "SELECT COUNT(*) FROM smi_files WHERE job='$job'")" "$dispatched"
equal "results" "$(sql "SELECT COUNT(*) FROM smi_results WHERE job='$job'")" "$dispatched"
equal "files rejected in the report" "$(tail -n +2 "$reports/rejected_files.csv" | awk -F, '{ sum += $2 } END { print sum + 0 }')" "$opted"
grep -qF "$gone,Missing" "$reports/processing_errors.csv" || fail "the missing file is not in the report"
grep -qF "$broken," "$reports/processing_errors.csv" || fail "the damaged file is not in the report"
equal "findings in the report" "$(rows verification_failures.csv)" 0
errors=$(rows processing_errors.csv)
equal "files in the extraction (errors in the report: $errors)" "$(find extractRoot/project-001/extractions/cohort -name '*-an.dcm' | wc -l)" "$((dispatched - errors))"
equal "unfinished files" "$(find extractRoot -name '*.part*' | wc -l)" 0
equal "messages left in queues" "$(smi status "$job" -y services.yaml | awk '$3 == "waiting" { sum += $2 } END { print sum + 0 }')" 0
[ "$(smi verify extractRoot/project-001/extractions/cohort --original fileSystemRoot | tail -n 1)" = "$((dispatched - errors)) files scanned, 0 findings" ] ||
  fail "smi verify"
echo "  smi verify: 0 findings"

# Nothing that came from a file, and no source path, may stand in a log: names, IDs, UIDs and paths of the metadata are looked for.
sql "SELECT PatientID FROM CT_ImageTable UNION SELECT PatientID FROM Other_ImageTable UNION SELECT SOPInstanceUID FROM CT_ImageTable UNION SELECT SOPInstanceUID FROM Other_ImageTable
  UNION SELECT StudyInstanceUID FROM CT_ImageTable UNION SELECT StudyInstanceUID FROM Other_ImageTable" > secrets.txt
tail -n +2 "$root/src/Smi.Deid/Samples/Resources/sample-patients.tsv" | cut -f 3,4 | tr '\t^=, ' '\n' | grep -E '.{4}' | sort -u >> secrets.txt
equal "lines of logs with a value of a file" "$(cat "$work"/*.log logs/*/* | grep -cFf secrets.txt || true)" 0
equal "errors in logs" "$(cat "$work"/*.log | grep -c '|EROR|\||FATL|' || true)" 0
say "$dispatched files in $seconds s, from extract-images to the reports"
