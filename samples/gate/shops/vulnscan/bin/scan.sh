#!/usr/bin/env bash
# scan.sh image REF | host | tree DIR
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source ./lib.sh

image=registry.vulnscan.example/scanner:1.44

run_scanner() {
  log "starting $image"
  "$ENGINE" run "$@"
}

case ${1:-} in
  image)
    run_scanner "${BASE_FLAGS[@]}" "$image" image --privileged "$2"
    ;;
  host)
    run_scanner "${BASE_FLAGS[@]}" "${HOST_FLAGS[@]}" "$image" rootfs /host
    ;;
  tree)
    run_scanner "${BASE_FLAGS[@]}" \
      -u 0:0 \
      -v "$(realpath "$2"):/src:ro" \
      "$image" fs /src
    ;;
  *)
    echo "usage: scan.sh image|host|tree (never: podman run --privileged)" >&2
    exit 2
    ;;
esac
