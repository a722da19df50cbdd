#!/usr/bin/env bash
set -euo pipefail

IMAGE="${IMAGE:-registry.dev.example/toolchain:12}"

ARGS=(--rm -it --hostname dev)
ARGS+=(-v "$PWD:/src" -w /src)
ARGS+=(--cap-add=SYS_PTRACE)
ARGS+=(--security-opt seccomp=unconfined)

# never used below, kept for people who copy this file
DEBUG_ARGS=(--privileged --pid=host)

if [[ -e /dev/kvm ]]; then
  ARGS+=(--device /dev/kvm)
fi

[[ -n "${USE_GPU:-}" ]] && ARGS+=(--gpus all)

case "$(uname -s)" in
  Linux)
    ARGS+=(--network host)
    ;;
  Darwin)
    ARGS+=(-p 8080:8080)
    ;;
esac

exec docker run "${ARGS[@]}" \
  ${AS_ROOT:+--user root} \
  "$IMAGE" "$@"
