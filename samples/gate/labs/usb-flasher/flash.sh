#!/bin/bash
# Called by udev: ACTION=="add", SUBSYSTEM=="block|tty", RUN+="/opt/flasher/flash.sh %k"
KERNEL=${1:?kernel name}
DOCKER="sudo docker"
dev=()

flash() {
  $DOCKER run --rm -i \
    --device-cgroup-rule='c 188:* rmw' \
    --device-cgroup-rule "c 189:* rmw" \
    --mount type=bind,source=/dev/bus/usb,target=/dev/bus/usb \
    --mount type=volume,source=images,target=/root/images \
    -v /run/udev:/run/udev:ro \
    "$@" \
    registry.flashbox.example/flasher:1.4 flash --device /dev/sda
}

case "$KERNEL" in
  ttyUSB*|ttyACM*)
    dev+=(--device=/dev/ttyUSB0)
    ;;
  sd*)
    dev+=(--device /dev/sdb:/dev/target)
    ;;
  *)
    logger -t flasher "nothing to map for $KERNEL (--device /dev/mem?)"
    ;;
esac

flash "${dev[@]}"
