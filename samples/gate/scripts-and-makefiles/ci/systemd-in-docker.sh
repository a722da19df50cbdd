#!/bin/bash
# Tests the Debian packages in containers that run systemd as pid 1.
set -euo pipefail
readonly DISTROS="bookworm trixie"

start_box() {
  local distro=$1
  shift
  docker run -d --name "pkg-$distro" \
    --cgroupns=host \
    --security-opt systempaths=unconfined \
    --tmpfs /run --tmpfs /run/lock \
    "$@" \
    "pkgtest/$distro:systemd"
}

for d in $DISTROS; do
  start_box "$d" --security-opt label:disable --stop-signal RTMIN+3
done

if [[ ${KEYRING:-no} == yes ]]; then
  docker run --rm \
    --privileged \
    pkgtest/keyring:1 check
fi

for d in $DISTROS; do
  docker exec --privileged "pkg-$d" apt-get install -y ./dist/*.deb
  docker rm -f "pkg-$d"
done
