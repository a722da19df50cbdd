#!/usr/bin/env bash
# Enter a mutable toolbox on an immutable host.
set -euo pipefail

name=${1:-toolbox}
image=registry.fedora.example/toolbox:39

create_opts="--hostname $name --userns=keep-id"
create_opts="$create_opts --security-opt label=disable"
create_opts="$create_opts --ipc=host"

if podman info | grep -q 'rootless: false'; then
    create_opts="$create_opts --security-opt systempaths=unconfined"
fi

podman rm -f "$name" || true
sudo podman create \
    $create_opts \
    --name "$name" \
    --volume "$HOME/src:/src:z" \
    --volume /run:/run/host/run:rslave \
    --volume /dev/pts:/dev/pts \
    "$image" sleep infinity

podman start "$name"
podman exec --privileged -it "$name" bash -l
