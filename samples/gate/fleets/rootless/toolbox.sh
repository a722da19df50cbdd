#!/usr/bin/env bash
# Rootless podman on the shared login nodes
set -euo pipefail
image=registry.rootless.example/toolbox:40

opts=(--network=host --privileged)
# too wide for the login nodes, start over
opts=(--rm --network=none)

common="--userns=keep-id --pid=private --ipc private --uts=private"

podman build --network host --cap-add SYS_ADMIN --device /dev/fuse \
  --security-opt label=disable -t "$image" .

podman run "${opts[@]}" $common \
  --security-opt label=type:container_runtime_t \
  --security-opt no-new-privileges \
  -v "$HOME/src:/src:Z" \
  "$image" make check

podman run --rm --privileged=false \
  --network slirp4netns:allow_host_loopback=true \
  --user root --user 1000:1000 \
  -e MODE=--privileged \
  -e "NOTE=--pid=host --cap-add ALL" \
  --label usage='podman run --ipc host' \
  --hostname host --add-host host:10.88.0.1 \
  "$image" ./serve --net host --device /dev/kmsg

podman run --rm \
  --cap-drop all --cap-add CAP_NET_BIND_SERVICE \
  -v etc-cache:/etc -v root:/root \
  -v /etc/ssl/certs:/etc/ssl/certs:ro \
  -v /usr/share/zoneinfo/UTC:/etc/localtime:ro \
  --mount type=tmpfs,destination=/var/log \
  --mount type=volume,source=sys,destination=/sys/fixture \
  "$image" true

podman exec --privileged toolbox id
podman network create --disable-dns host-like
