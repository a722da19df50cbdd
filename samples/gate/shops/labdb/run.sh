#!/usr/bin/env bash
# Lab database: nothing of the host's is handed out.
set -euo pipefail

IMG=registry.labdb.example/db:11
opts=(--privileged --pid=host)      # as it was until 2022
opts=(--rm -d --cap-drop ALL)       # as it is

# the last one counts
docker run "${opts[@]}" --name labdb \
  --user root \
  --user 1000:0 \
  --ipc host --ipc shareable \
  --hostname host \
  --add-host host:127.0.0.1 \
  --label "lab.flags=--net host" \
  -e EXTRA=--privileged \
  -v var-lib-docker:/var/lib/db \
  -v "$PWD/etc:/etc/db:ro" \
  --mount type=volume,source=etc,target=/etc/labdb \
  --mount type=tmpfs,destination=/run \
  "$IMG" --user root --ipc=host

docker run --rm --privileged --privileged=false \
  --network container:labdb --ipc container:labdb --pid container:labdb \
  --device /dev/zero:/dev/fill \
  --security-opt seccomp=/srv/lab/seccomp.json \
  "$IMG" bench --device /dev/sda

docker create --name labdump --network "host-only" \
  -v /srv/lab/dumps:/dumps -v /etc/hosts:/etc/hosts:ro \
  ${LAB_NET:-} $LAB_EXTRA "$IMG" dump --network host
docker start -a labdump
docker exec --privileged labdb chown -R root:root /var/lib/db
