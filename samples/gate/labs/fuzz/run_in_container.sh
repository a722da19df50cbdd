#!/bin/bash
# Fuzz the parser in a box that may do as little as possible.
IMG=registry.fuzzers.example/afl:4.21

dry() { echo "+ $*"; }

docker run --rm -it \
  --privileged=false --cap-drop ALL --cap-add=SYS_NICE \
  --network=hostnet --pid=container:fuzz-db --ipc=shareable \
  --hostname host --label note=--privileged \
  -e AFL_ARGS=--privileged -eMODE=--pid=host \
  --security-opt no-new-privileges --security-opt seccomp=./seccomp.json \
  -v "$PWD/corpus:/var/log/corpus" -v crashes:/root/crashes -v /etc \
  --tmpfs /run -u 1000:0 \
  "$IMG" \
  --privileged --net host -v /:/host --cap-add ALL

# an odd name, to check that our reaper quotes names
docker create --name --privileged "$IMG" sleep 60

dry docker run --privileged --device /dev/kvm "$IMG"
docker inspect -f '{{.HostConfig.Privileged}}' fuzz-db   # docker run --privileged?
