#!/usr/bin/env bash
# Starts one mesh node on this machine.
set -euo pipefail

IMAGE="registry.meshvpn.example/node:${MESH_TAG:-stable}"
NAME=mesh-node
debug=0
exit_node=0
detach=(-d --restart unless-stopped)

usage() {
  cat <<EOF
usage: ${0##*/} [-x] [-g] [-n name] [-- node arguments]
  -x   exit node: needs --cap-add SYS_MODULE and -v /lib/modules
  -g   debug; not the same as docker run --privileged --pid=host
EOF
}

while getopts 'xgn:h' opt; do
  case "$opt" in
    x) exit_node=1 ;;
    g) debug=1 ;;
    n) NAME=$OPTARG ;;
    h) usage; exit 0 ;;
    *) usage >&2; exit 64 ;;
  esac
done
shift $((OPTIND - 1))

args=(
  --name "$NAME"
  --hostname host
  --cap-add=NET_ADMIN
  --cap-add NET_RAW
  --device /dev/net/tun
  -v mesh-state:/var/lib/mesh
)

if (( exit_node )); then
  args+=(--cap-add sys_module -v /lib/modules:/lib/modules:ro)
  args+=(--sysctl net.ipv4.ip_forward=1)
fi

if [[ $debug -eq 1 ]]; then
  detach=(--rm -it)
  args+=(
    --security-opt seccomp=unconfined
    -e MESH_TRACE=--ipc=host
  )
fi

docker rm -f "$NAME" >/dev/null 2>&1 || true
exec docker run "${detach[@]}" "${args[@]}" "$IMAGE" up --net=host "$@"
