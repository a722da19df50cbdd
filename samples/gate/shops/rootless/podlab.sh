#!/bin/bash
# Reproduces reports about the rootless engine.
set -eu

REG=registry.rootless.example
SEC=(--security-opt unmask=ALL --security-opt no-new-privileges)
COMMON="--rm --label lab=1"

title() { echo "--- $1"; }

title "nested, with the host's user namespace"
podman --log-level=warn run $COMMON --userns=host \
  "${SEC[@]}" \
  $REG/nested:1 podman info

title "time zone"
podman container run $COMMON -v /etc/localtime:/etc/localtime:ro,z \
  -v /etc/hosts:/etc/hosts:Z $REG/tz:1 date

title "inside a shell"
env LC_ALL=C bash -c "podman create --name lab-apparmor --security-opt=apparmor=unconfined $REG/aa:2 sleep 9"

title "containerd"
sudo nerdctl --namespace lab run --rm \
  --net=host \
  -v /run/containerd/containerd.sock:/run/c.sock \
  $REG/ctrtop:1 --pid=host

title "user socket"
timeout 60 podman run $COMMON -v /run/user/1000/podman/podman.sock:/p.sock:ro $REG/api:4 ping

title "kept ids"
podman run $COMMON --userns=keep-id --user 1000 -v "$HOME/lab:/lab" $REG/ids:1 id
podman exec --privileged lab-idle true || :
podman image trust set --type accept $REG
printf '%s\n' 'done; try podman run --privileged next'
