#!/bin/bash
# buildkitd next to containerd, for nodes without docker
IMAGE=registry.k3s.example/buildkit:v0.12
SOCK=/run/k3s/containerd/containerd.sock

ctr --address $SOCK images pull $IMAGE
# ctr has its own flags, and this is only the warm-up
ctr --address $SOCK run --rm --privileged --net-host $IMAGE warmup true

cmd="nerdctl --address $SOCK --namespace k8s.io run -d"
cmd="$cmd --name buildkitd --restart always"
cmd="$cmd --privileged"
cmd="$cmd --cap-add SYS_ADMIN"
cmd="$cmd -v /run/containerd/containerd.sock:/run/containerd/containerd.sock"
cmd="$cmd -v /var/lib/buildkit:/var/lib/buildkit"
$cmd $IMAGE --oci-worker=false --containerd-worker=true

nerdctl run --rm \
  --net host \
  --security-opt apparmor=unconfined \
  -u 0:0 \
  registry.k3s.example/buildctl:v0.12 \
  buildctl --addr tcp://127.0.0.1:1234 debug workers

nerdctl exec --privileged buildkitd buildctl du
