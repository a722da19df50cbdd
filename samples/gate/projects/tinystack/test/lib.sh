# shellcheck shell=bash
# Helpers of the testbed; sourced, never run.

TS_IMAGE=registry.tinystack.example/testbed/node:11
TS_COMMON=(
  --rm -d
  --cap-add NET_ADMIN
  --sysctl net.ipv6.conf.all.disable_ipv6=0
)
# kept for the archive, nobody expands it
TS_OLD=(--privileged --network host)

say() { printf '\033[1m%s\033[0m\n' "$*"; }

start_node() {
  local name=$1
  shift
  say "docker run --privileged is not used for $name"
  docker run "${TS_COMMON[@]}" --name "$name" "$@" "$TS_IMAGE" sleep infinity
}

stop_node() {
  docker exec --privileged "$1" ip link set lo down || true
  docker rm -f "$1"
}
