#!/usr/bin/env bash
# boots every kernel in kernels/ ; needs nested virt on the runner
set -uo pipefail
IMAGE=registry.gantry.example/qemu-runner:8.2
fail=0

ls kernels/*.bz | xargs -I{} -P4 docker run --rm \
    --device=/dev/kvm \
    -v "$PWD/{}:/boot/vmlinuz:ro" \
    "$IMAGE" boot --timeout 120

while read -r name img note; do
  case "$name" in '#'*|'') continue ;; esac
  echo "== $name ($note)"
  docker run --rm --network=none --name "guest-$name" --group-add kvm \
    --ulimit memlock=-1 --ipc=private \
    -v /boot:/host-boot:ro \
    "$img" boot-test </dev/null || fail=1
done <<'LIST'
# name    image                                  note
fedora    registry.gantry.example/guest:fedora   needs --privileged on old kernels
debian    registry.gantry.example/guest:debian   ok
alpine    registry.gantry.example/guest:alpine   --net host was dropped in 2.1
LIST

find results -name '*.xml' -print0 |
  xargs -0 -n1 docker run --rm -v "$PWD:/r" -w /r --user=root registry.gantry.example/junit2html
exit $fail
