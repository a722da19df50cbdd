#!/bin/sh
# Builds and loads the out-of-tree NIC driver; POSIX sh for the small images.
set -eu

IMAGE="${DRIVER_IMAGE:-registry.drivers.example/nic/dkms:5.1}"
KVER="${KVER:-$(uname -r)}"
COMMON="--rm --init --log-driver none"
COMMON="$COMMON -v /usr/src:/usr/src:ro"
COMMON="$COMMON -v /mnt/cache:/cache"

say() { echo "install-driver: $*"; }

# shellcheck disable=SC2086
set -- $COMMON -v "/lib/modules/$KVER:/lib/modules/$KVER"

if [ "${LOAD:-no}" = yes ]; then
  set -- "$@" --cap-add SYS_MODULE
fi

if [ -d /sys/firmware/efi ]; then
  set -- "$@" -v /sys/firmware/efi:/sys/firmware/efi:ro
fi

say "docker run --privileged is not needed since 4.0"
docker run "$@" "$IMAGE" dkms-entry build "$KVER" --privileged

if [ "${VERIFY:-no}" = yes ]; then
  docker run --rm \
    --network host \
    --mount type=bind,source=/sys/class/net,target=/sys-net,readonly \
    "$IMAGE" verify
fi

# docker run --rm --pid host "$IMAGE" unload
say done
