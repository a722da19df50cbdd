# shellcheck shell=bash
# Settings that scan.sh reads. Not to be started itself.

ENGINE=podman
CACHE_VOL=vulnscan-cache

BASE_FLAGS=(
  --rm
  --security-opt label=disable
  --security-opt=no-new-privileges
  -v "$CACHE_VOL:/cache"
  # --ipc=host was needed for 0.x
)

HOST_FLAGS=(
  --pid=host
  --volume=/:/host:ro
)

log() {
  printf '[%s] %s\n' "$(date +%T)" "$*" >&2
}
