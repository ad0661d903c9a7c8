#!/bin/bash
# A throw-away RabbitMQ broker for tests and demonstrations: loopback only, no systemd, everything it writes in one folder.
#   eng/rabbitmq.sh start DIR [PORT]   AMQP on PORT (default 45672), management on PORT+1; PORT+2 and PORT+3 are Erlang's own
#                                      with ca.pem, server.pem and server.key in DIR/tls also AMQP over TLS on PORT+4 and management on PORT+5, for clients with a certificate
#   eng/rabbitmq.sh stop DIR           stops it; its messages stay in DIR for the next start
#   eng/rabbitmq.sh kill DIR           stops it as a power failure would
set -euo pipefail

usage() { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
action=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
port=${3:-$(cat "$dir/port" 2>/dev/null || echo 45672)}

# /usr/sbin/rabbitmq-server changes to the user rabbitmq and to /var/lib; the script behind it does not.
bin=$(ls -d /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin 2>/dev/null | tail -n 1)
[ -n "$bin" ] || { echo "rabbitmq-server is not installed (apt-get install rabbitmq-server)" >&2; exit 3; }

export HOME=$dir LANG=C.UTF-8
export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$((port + 3))
export RABBITMQ_CONF_ENV_FILE=/dev/null
export RABBITMQ_NODENAME=smi$port@localhost RABBITMQ_DIST_PORT=$((port + 2))
export RABBITMQ_MNESIA_BASE=$dir/mnesia RABBITMQ_LOG_BASE=$dir/log RABBITMQ_SCHEMA_DIR=$dir/schema
export RABBITMQ_PID_FILE=$dir/pid RABBITMQ_ENABLED_PLUGINS_FILE=$dir/plugins RABBITMQ_CONFIG_FILE=$dir/rabbitmq.conf
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +S 2:2"

start() {
  mkdir -p "$dir/mnesia" "$dir/log" "$dir/schema"
  echo "$port" > "$dir/port"
  if [ ! -f "$dir/.erlang.cookie" ]; then
    (umask 077; head -c 18 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$dir/.erlang.cookie")
    chmod 400 "$dir/.erlang.cookie"
  fi
  echo '[rabbitmq_management].' > "$dir/plugins"
  cat > "$dir/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$port
management.tcp.ip = 127.0.0.1
management.tcp.port = $((port + 1))
log.file.level = warning
CONF
  [ ! -d "$dir/tls" ] || cat >> "$dir/rabbitmq.conf" <<CONF
listeners.ssl.1 = 127.0.0.1:$((port + 4))
ssl_options.cacertfile = $dir/tls/ca.pem
ssl_options.certfile = $dir/tls/server.pem
ssl_options.keyfile = $dir/tls/server.key
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
management.ssl.ip = 127.0.0.1
management.ssl.port = $((port + 5))
management.ssl.cacertfile = $dir/tls/ca.pem
management.ssl.certfile = $dir/tls/server.pem
management.ssl.keyfile = $dir/tls/server.key
management.ssl.verify = verify_peer
management.ssl.fail_if_no_peer_cert = true
CONF
  rm -f "$dir/pid"
  setsid "$bin/rabbitmq-server" > "$dir/output" 2>&1 < /dev/null &
  "$bin/rabbitmqctl" wait --timeout 90 "$dir/pid" > "$dir/wait" 2>&1 || { cat "$dir/wait" "$dir/output" >&2; exit 1; }
  echo "RabbitMQ: amqp://guest:guest@127.0.0.1:$port/, management http://127.0.0.1:$((port + 1))/, pid $(cat "$dir/pid")"
}

stop() {
  "$bin/rabbitmqctl" shutdown --timeout 60 > "$dir/stop" 2>&1 || true
  stop_epmd
}

stop_hard() {
  [ -f "$dir/pid" ] && kill -9 "$(cat "$dir/pid")" 2>/dev/null || true
  stop_epmd
}

# epmd leaves when no node is registered with it; a node that was killed is gone from its list in a moment.
stop_epmd() {
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    epmd -port "$ERL_EPMD_PORT" -kill > /dev/null 2>&1 && return 0
    sleep 0.1
  done
}

case $action in
  start) start ;;
  stop) stop ;;
  kill) stop_hard ;;
  *) usage ;;
esac
