#!/usr/bin/env bash
# Run the driver's hardware tests. Options come from lib.sh.
set -euo pipefail
cd "$(dirname "$0")"
source ./lib.sh

OPTS=(--rm --name drv-test)
drv_opts
[[ -t 1 ]] && OPTS+=(-it)

docker run "${OPTS[@]}" \
  "${DRV_DEVICES[@]}" \
  --cgroupns=host \
  --device-cgroup-rule='c *:* rwm' \
  -v "$PWD/results:/results" \
  "$DRV_IMAGE" pytest -q --device /dev/mem

# Same machine, no hardware.
docker run --rm \
  --privileged=false \
  --network "$DRV_NETWORK" \
  -v drv-cache:/root/.cache \
  "$DRV_IMAGE" pytest -q -m "not hw"

trap 'drv_report "docker run --privileged"' EXIT
