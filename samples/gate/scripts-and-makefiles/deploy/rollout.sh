#!/usr/bin/env bash
# Rolls a new version out to this host.
set -euo pipefail

VERSION=$1
base="--restart=always --log-driver=journald"
base="$base --security-opt=apparmor=unconfined"

cmd="docker run -d --name relay $base relay/relayd:$VERSION"
eval "$cmd"

bash -c 'docker run -d --name relay-net --net host relay/netd:stable'

sh -c "docker run --rm \
  --user=0 \
  relay/migrate:$VERSION --privileged"

bash -c 'echo "docker run --privileged relay/debug"'

eval "echo 'docker run --pid=host relay/debug'" > debug-hint.txt

hint='docker run --ipc=host relay/debug'
printf 'to debug: %s\n' "$hint"
