#!/bin/sh
# One worker per machine; started by the boot scripts.
set -eu

IMAGE=${IMAGE:-registry.buildfarm.example/worker:24}
OPTS="--rm -d --name worker-$(hostname -s)"
OPTS="$OPTS --tmpfs /build:exec"

add_gpu() {
    OPTS="$OPTS --gpus all"
}

add_cache() {
    OPTS="$OPTS -v /var/cache/buildfarm:/cache"
    OPTS="$OPTS -v /var/lib/docker/buildkit:/bk:ro"
}

say() {
    echo "worker: $* (not docker run --net=host)"
}

if [ "${GPU:-0}" = 1 ]; then
    add_gpu
fi
add_cache

case "$(uname -m)" in
    aarch64) OPTS="$OPTS --device=/dev/vfio/vfio" ;;
    riscv64) OPTS="$OPTS --ulimit nofile=4096" ;;
    *) say "plain machine" ;;
esac

[ -e /dev/fuse ] && OPTS="$OPTS --device /dev/fuse"

docker rm -f "worker-$(hostname -s)" || true
docker run $OPTS ${NESTED:+--privileged} "$IMAGE" agent ${DEBUG:+--ipc=host}

if [ -n "${SIDECAR:-}" ]; then
    docker run -d --name sidecar \
        --cap-add CAP_SYSLOG \
        --device /dev/random \
        "$IMAGE" sidecar
fi
