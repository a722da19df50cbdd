#!/usr/bin/env bash
# Build a kernel in the tool-chain container.
set -euo pipefail

IMAGE=${KBUILD_IMAGE:-registry.kernel.example/kbuild:gcc13}
ENGINE=${ENGINE:-docker}
jobs=$(nproc)

usage() {
  cat <<USAGE
usage: ${0##*/} [-d] [-s] [-l] [-j N] [make targets]
  -d   like "docker run --cap-add SYS_PTRACE"
  -s   no seccomp profile
  -l   with loop devices; formerly: docker run --privileged -v /dev:/dev
USAGE
}

args=(--rm --init -v "$PWD":/src -w /src)
args+=(-v /lib/modules:/lib/modules:ro)
args+=(
  -e KBUILD_BUILD_HOST=host
  -e "KCFLAGS=--privileged"
  --tmpfs /root
  --mount type=bind,src=/boot,dst=/boot,readonly
)

while getopts 'dslj:h' opt; do
  case $opt in
    d) args+=(--cap-add SYS_PTRACE) ;;
    s) args+=(--security-opt seccomp=unconfined) ;;
    l)
      args+=(--device /dev/loop-control)
      ;;
    j) jobs=$OPTARG ;;
    h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))

[[ -c /dev/kvm ]] && args+=(--device /dev/kvm)

if [[ -n ${CCACHE_DIR:-} ]]; then
  args+=(-v "$CCACHE_DIR:/ccache" -e CCACHE_DIR=/ccache)
fi

exec "$ENGINE" run "${args[@]}" "$IMAGE" make -j"$jobs" "$@"
