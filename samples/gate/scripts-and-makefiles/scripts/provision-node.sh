#!/usr/bin/env bash
# Prepares a storage node of the lab. Called by the PXE post-install hook.
set -euo pipefail

REGISTRY=${REGISTRY:-registry.lab.example}

sudo bash <<'EOS'
set -e
systemctl enable --now docker
# docker run --pid=host registry.lab.example/old-probe
docker run --rm \
  -v /lib/modules:/lib/modules:ro \
  --cap-add SYS_MODULE \
  registry.lab.example/modload:4 zfs
EOS

bash -s -- "$REGISTRY" <<'EOS'
registry=$1
docker run -d --name gossip --network host "$registry/gossip:1" --privileged
EOS

cat <<'EOS'
Node is ready. To look into it from the outside:

    docker run -it --privileged --pid=host registry.lab.example/toolbox

EOS

ssh -T "storage@${1:?node}" true
