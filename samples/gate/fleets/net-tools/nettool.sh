#!/usr/bin/env bash
# One front for the network tools of the on-call team
set -o errexit -o nounset

IMG="registry.netops.example/toolbox:9"

run() {
  docker run --rm -it "$@"
}

help() {
  printf '%s\n' \
    'nettool capture IF    docker run --net host ... tcpdump' \
    'nettool node          docker run --privileged --pid=host ... nsenter'
}

case ${1:-help} in
  capture)
    run --net host \
      --cap-add NET_RAW \
      --cap-add NET_ADMIN \
      "$IMG" tcpdump -i "${2:-any}"
    ;;
  node)
    run --privileged --pid=host \
      --security-opt label=disable \
      "$IMG" nsenter -t 1 -m -u -i -n --uts host
    ;;
  mtr)
    run --cap-add NET_RAW "$IMG" mtr --net host --privileged "${2:?host}"
    ;;
  join)
    run --network "container:${2:?container}" "$IMG" ss -tnp
    ;;
  bpf)
    sudo podman run --rm \
      --cap-add=bpf,perfmon \
      --security-opt unmask=ALL \
      --volume /sys/kernel/debug:/sys/kernel/debug:ro \
      "$IMG" bpftrace -l
    ;;
  attach)
    docker exec -it --privileged -u root "${2:?container}" bash
    ;;
  time)
    sudo -n docker --context rack2 run --rm --uts host "$IMG" chronyc sources
    ;;
  *)
    help
    ;;
esac
