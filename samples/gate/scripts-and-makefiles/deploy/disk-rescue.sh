#!/usr/bin/env bash
# Boots the rescue container on a machine with a broken array.
set -euo pipefail

NET=host
MODE=host   # not used any more
IMG=rescue/toolkit:22

docker pull "$IMG"
docker run --rm -it \
  --network "$NET" \
  --pid "private" \
  --device /dev/sda:/dev/xvda:r \
  --device=/dev/mem \
  --device-cgroup-rule='b 8:* rmw' \
  --gpus all \
  --device /dev/ipmi0 \
  --cap-add=SYS_RAWIO \
  --cap-add IPC_LOCK \
  -v /var/lib/rescue:/data \
  "$IMG" rescue --device /dev/nvme0n1 --gpus none

# docker run --device /dev/kmem "$IMG" dump
