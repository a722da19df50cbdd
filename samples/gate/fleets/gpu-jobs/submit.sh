#!/bin/bash
# Start the jobs of one experiment on this node.
set -eu

IMAGE=registry.mllab.example/train:2.3-cu12
DATA=/data/experiments
OLD_FLAGS=(--privileged --net host)   # kept for the record, not used any more

launch() {
  local name=$1
  shift
  docker run -d --name "exp-$name" \
    -v "$DATA:/data" \
    -e "RUN_NAME=$name" \
    "$@" \
    "$IMAGE" python -m "lab.$name" --ipc host
}

dry() {
  echo "docker run --privileged $*"
}

launch train --gpus all --ipc=host --ulimit memlock=-1
launch eval --gpus '"device=0"' \
  --shm-size 8g
launch tokenize --cpus 8 --ipc=private

if [[ ${DEBUG:-0} == 1 ]]; then
  launch debugger --cap-add=SYS_PTRACE --pid=container:exp-train
fi

dry --pid=host

for rank in 0 1 2 3; do
  extra=()
  if ((rank == 0)); then
    extra+=(--network=host)
  else
    extra+=(--network=ranks)
  fi
  docker run -d --name "rank$rank" "${extra[@]}" \
    --device=/dev/infiniband/uverbs0 \
    --cap-add=IPC_LOCK \
    "$IMAGE" torchrun --node-rank "$rank" --privileged
done
