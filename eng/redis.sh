#!/bin/bash
# redis.sh start|stop FOLDER PORT: a Redis of this folder on 127.0.0.1, without persistence, for tests.
set -euo pipefail
action=$1 folder=$2 port=$3

case $action in
  start)
    redis-server --port "$port" --bind 127.0.0.1 --dir "$folder" --save "" --appendonly no --daemonize yes --pidfile "$folder/redis.pid" > /dev/null
    for _ in {1..100}; do
      redis-cli -p "$port" ping > /dev/null 2>&1 && exit 0
      sleep 0.1
    done
    echo "redis.sh: the server did not start" >&2
    exit 1
    ;;
  stop)
    redis-cli -p "$port" shutdown nosave > /dev/null 2>&1 || true
    ;;
esac
