#!/usr/bin/env bash
# A virtual machine per container, for the storage tests
set -eu
VM=${1:?name}
IMAGE=registry.labvm.example/qemu:9

if [[ ${2:-} == --tap ]]; then
  tap="--cap-add NET_ADMIN --device /dev/net/tun"
else
  tap=""
fi

docker create --name "$VM" \
  --network "${VM_NET:-host}" \
  ${TRACE:+--cap-add SYS_ADMIN} \
  ${GPU_NODE:+--device "$GPU_NODE"} \
  --device /dev/kvm \
  --device=/dev/vhost-net:/dev/vhost-net \
  --pid "$VM_PID_MODE" \
  $tap \
  $EXTRA_ARGS \
  -v "/var/lib/vms/$VM:/vm" \
  "$IMAGE" -nographic --pid=host
docker start "$VM"

# Check the backing volume before the first boot
nerdctl container run --rm \
  --device /dev/mapper/vg0-vm1 \
  "$IMAGE" fsck.ext4 -n /dev/mapper/vg0-vm1

nerdctl run --rm --user root:root \
  -v /run/containerd/containerd.sock:/containerd.sock \
  "$IMAGE" snapshot --name "$VM"

[ -z "${NBD:-}" ] || docker run --rm --device /dev/nbd0 "$IMAGE" qemu-nbd -c /dev/nbd0
