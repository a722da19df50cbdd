#!/usr/bin/env bash
# nodeshell: root shell on a k3s node, without kubectl
NERDCTL="nerdctl --address /run/k3s/containerd/containerd.sock"
IMG="${NODESHELL_IMAGE:-registry.tarn.example/busybox:1}"

# is there one already?
if $NERDCTL -n k8s.io ps --format '{{.Names}}' | grep -qx nodeshell; then
  exec $NERDCTL -n k8s.io exec --privileged -it nodeshell sh
fi

nerdctl -n k8s.io run -it --rm \
  --name nodeshell \
  --net host --pid host \
  --privileged \
  -v /:/host \
  --cap-add SYS_ADMIN \
  "$IMG" chroot /host /bin/sh --ipc=host
