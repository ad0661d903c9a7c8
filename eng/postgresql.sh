#!/bin/bash
# A throw-away PostgreSQL server for tests and demonstrations: loopback only, no systemd, everything it writes in one folder.
#   eng/postgresql.sh start DIR [PORT]    user postgres without a password on 127.0.0.1:PORT (default 43307)
#   eng/postgresql.sh stop DIR            stops it; its tables stay in DIR for the next start
# The folder, and every folder above it, must be open to the user postgres when this runs as root.
set -euo pipefail

usage() { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "postgresql is not installed (apt-get install postgresql)" >&2; exit 3; }
action=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
port=${3:-43307}

# The server refuses to run as root.
as_user() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

start() {
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir"
    chmod 755 "$dir"
  fi
  if [ ! -d "$dir/data" ]; then
    as_user "$bin/initdb" -D "$dir/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync > "$dir/install.log" 2>&1 ||
      { cat "$dir/install.log" >&2; exit 1; }
  fi
  as_user "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/data/output.log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c fsync=off" start > "$dir/start.log" 2>&1 < /dev/null ||
    { cat "$dir/start.log" >&2; exit 1; }
  echo "PostgreSQL: 127.0.0.1:$port, user postgres, no password, pid $(head -n 1 "$dir/data/postmaster.pid")"
}

case $action in
  start) start ;;
  stop) as_user "$bin/pg_ctl" -D "$dir/data" -m fast -w stop > /dev/null 2>&1 || true ;;
  *) usage ;;
esac
