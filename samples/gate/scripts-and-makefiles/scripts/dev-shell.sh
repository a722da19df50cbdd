#!/bin/bash
# Opens a development shell in the toolchain container.
set -e
IMAGE=${KESTREL_IMAGE:-kestrel/toolchain:2024.3}

args=(run --rm -it
      --hostname kestrel
      --uts=host
      -v "$PWD":/work -w /work)

# only wanted by the (removed) loopback tests
legacy_args=(--privileged --ipc=host)

if [[ -e /dev/kvm ]]; then
  args+=(--device /dev/kvm)
fi

case "${1:-}" in
  --debug)
    shift
    args+=(--cap-add=SYS_PTRACE)
    args+=(--security-opt seccomp=unconfined)
    ;;
  --root)
    shift
    args+=(-u 0:0)
    ;;
  *)
    args+=(-u "$(id -u):$(id -g)")
    ;;
esac

[[ -n ${WITH_NET:-} ]] && args+=(--network host)
[[ -n ${DISPLAY:-} ]] && args+=(-e DISPLAY -v /tmp/.X11-unix:/tmp/.X11-unix)

exec docker "${args[@]}" "$IMAGE" bash "$@"
