#!/bin/sh
# flash.sh console | card IMAGE | erase
set -eu

here=$(cd "$(dirname "$0")" && pwd)
port=${FLASH_PORT:-/dev/ttyUSB0}
flasher=registry.embedforge.example/flasher:3

console() {
    docker run --rm -it --device "$port" "$flasher" \
        picocom -b 115200 "$port"
}

card() {
    # udev hands us the reader as mmcblk0 on every bench
    docker run --rm \
        --device=/dev/mmcblk0:/dev/target:rw \
        -v "$here/out:/out:ro" \
        "$flasher" dd "if=/out/$1" of=/dev/target bs=4M
}

erase() {
    docker run --rm \
        --device-cgroup-rule 'b *:* rwm' \
        --mount "type=bind,source=/run/udev,target=/run/udev,readonly" \
        --mount type=bind,src=/dev/disk,dst=/dev/disk,ro \
        "$flasher" eraser --device /dev/sda --privileged
}

case ${1:-help} in
    console) console ;;
    card) shift; card "$@" ;;
    erase) erase ;;
    *)
        printf '%s\n' "usage: flash.sh console|card|erase" \
            "  by hand: docker run --privileged -v /dev:/dev $flasher"
        exit 64
        ;;
esac
