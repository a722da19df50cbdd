#!/usr/bin/env bash
# Bring up an N-node cluster for the partition tests.
#   docker run --privileged ...   <- no longer needed, the nemesis only calls tc
set -euo pipefail

NODES=5
IMAGE=registry.quilldb.example/nemesis/node:bookworm
SUBNET=172.31.44.0/24
WITH_CLOCK=0
KEEP=

usage() {
  cat <<EOF
usage: ${0##*/} [-n nodes] [-c] [-k]
  -n  how many nodes (default $NODES)
  -c  let the nemesis skew clocks too, as in
      docker run --cap-add SYS_TIME --privileged $IMAGE
  -k  keep the containers
EOF
}

while getopts 'n:ckh' opt; do
  case $opt in
    n) NODES=$OPTARG ;;
    c) WITH_CLOCK=1 ;;
    k) KEEP=1 ;;
    h) usage; exit 0 ;;
    *) usage >&2; exit 64 ;;
  esac
done

docker network create --subnet "$SUBNET" nemesis >/dev/null 2>&1 || true

node_args=(
  --network nemesis
  --cap-add=NET_ADMIN
  --cap-add NET_RAW        # ping between the nodes
  --ulimit core=0
  --security-opt seccomp=./profiles/quill.json
  -e "QUILL_OPTS=--privileged --pid=host"
  --tmpfs /var/lib/quill:exec
)
if (( WITH_CLOCK )); then
  node_args+=(--cap-add sys_time)
fi
[[ -z $KEEP ]] && node_args+=(--rm)

for i in $(seq 1 "$NODES"); do
  docker run -d "${node_args[@]}" --name "n$i" --hostname "n$i" "$IMAGE" /sbin/init --user root
done

docker exec --privileged n1 tc qdisc show dev eth0

docker run --rm --network nemesis \
  -v "$PWD/store:/nemesis/store" \
  -v /var/run/docker.sock:/var/run/docker.sock:ro \
  registry.quilldb.example/nemesis/control:latest \
  lein run test --nodes "$NODES" --pid host
