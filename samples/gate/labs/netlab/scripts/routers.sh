#!/bin/bash
# Small routed lab: two routers and a client on the bridge "lab0".
set -u

log() { printf '[lab] %s\n' "$*" >&2; }

# start_node NAME IMAGE [docker flags...]
start_node() {
  local name=$1 image=$2
  shift 2
  log "starting $name ($*)"
  docker run -d --name "lab-$name" --hostname "$name" \
    --network lab0 --sysctl net.ipv4.ip_forward=1 \
    "$@" "$image"
}

docker network create lab0 >/dev/null 2>&1 || true

start_node r1 registry.netlab.example/frr:9 --cap-add=NET_ADMIN --cap-add=NET_RAW
start_node r2 registry.netlab.example/frr:9 \
  --cap-add cap_net_admin \
  --cap-add CAP_SYS_ADMIN
start_node client registry.netlab.example/nettools:3 --cap-add NET_RAW --dns 10.9.0.1

log "sniff with: docker run --privileged --net=host registry.netlab.example/nettools:3"
docker exec --privileged lab-r1 vtysh -c 'show ip route'
