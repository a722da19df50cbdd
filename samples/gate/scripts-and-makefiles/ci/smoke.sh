#!/usr/bin/env bash
# Smoke test of a freshly built image.
set -o errexit -o nounset
IMG="${1:?image}"

health=$(docker run --rm --network host "$IMG" curl -fsS localhost:8080/health)
version=`docker run --rm "$IMG" --privileged --version`
echo "health=$health version=$version"

docker run --rm \
  ${CI:+--userns=host} \
  ${KEEP_CAPS:+--cap-add=SYS_ADMIN} \
  ${EXTRA_OPTS:-} \
  --ipc "${IPC_MODE:-host}" \
  --pid "${PID_MODE:-private}" \
  "$IMG" selftest

if ! docker run --rm --cgroupns=host "$IMG" cgroup-check; then
  echo "cgroup check failed (is --privileged needed?)" >&2
  exit 1
fi
