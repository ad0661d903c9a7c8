#!/bin/bash
# A throw-away MariaDB server for tests and demonstrations: loopback only, no systemd, everything it writes in one folder.
#   eng/mariadb.sh start DIR [PORT]    user root without a password on 127.0.0.1:PORT (default 43306)
#   eng/mariadb.sh stop DIR            stops it; its tables stay in DIR for the next start
# The folder, and every folder above it, must be open to the user mysql when this runs as root.
set -euo pipefail

usage() { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
command -v mariadbd > /dev/null || { echo "mariadb-server is not installed (apt-get install mariadb-server)" >&2; exit 3; }
action=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
port=${3:-43306}
socket=$dir/socket

start() {
  as_user=()
  if [ "$(id -u)" = 0 ]; then
    chown mysql "$dir"
    chmod 755 "$dir"
    as_user=(--user=mysql)
  fi
  if [ ! -d "$dir/data/mysql" ]; then
    mariadb-install-db --no-defaults "${as_user[@]}" --datadir="$dir/data" --auth-root-authentication-method=normal --skip-test-db \
      > "$dir/install.log" 2>&1 || { cat "$dir/install.log" >&2; exit 1; }
  fi
  setsid mariadbd --no-defaults "${as_user[@]}" --datadir="$dir/data" --socket="$socket" --pid-file="$dir/pid" \
    --bind-address=127.0.0.1 --port="$port" --innodb-buffer-pool-size=64M --skip-log-bin > "$dir/output.log" 2>&1 < /dev/null &
  for _ in $(seq 150); do
    if mariadb-admin --no-defaults --user=root --socket="$socket" ping > /dev/null 2>&1; then
      echo "MariaDB: 127.0.0.1:$port, user root, no password, pid $(cat "$dir/pid")"
      return 0
    fi
    sleep 0.2
  done
  tail "$dir/output.log" >&2
  exit 1
}

case $action in
  start) start ;;
  stop) mariadb-admin --no-defaults --user=root --socket="$socket" shutdown 2> /dev/null || true ;;
  *) usage ;;
esac
