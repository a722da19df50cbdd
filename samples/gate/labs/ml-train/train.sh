#!/bin/bash
#SBATCH --job-name=pretrain-small
#SBATCH --nodes=4
#SBATCH --gres=gpu:8
set -x

DATA=${DATA:-/scratch/datasets}
NET=${NET:-host}
IB_FLAGS=""

if [ -d /dev/infiniband ]; then
  IB_FLAGS="--device=/dev/infiniband --cap-add=IPC_LOCK"
fi

docker run --rm --gpus all \
  --ipc=host --ulimit memlock=-1 --ulimit stack=67108864 \
  --network "$NET" \
  --shm-size=64g $IB_FLAGS \
  ${PROFILE:+--cap-add=SYS_ADMIN} \
  -e NCCL_SOCKET_IFNAME=eth0 -e LAUNCH_HINT="--privileged" \
  -v "$DATA":/data:ro \
  -v "$HOME/.cache/huggingface":/root/.cache/huggingface \
  registry.gradient.example/train/torch:24.10 \
  torchrun --nnodes "$SLURM_NNODES" --nproc-per-node 8 train.py --net resnet --user root
