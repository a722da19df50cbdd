#!/usr/bin/env bash
# Start the notebook of one student on this login node.
set -euo pipefail

IMAGE=${NB_IMAGE:-registry.campus.example/hpc/notebook:24.2}
student=${1:?usage: start-notebook.sh STUDENT [cpu|gpu]}
kind=${2:-cpu}

debug_flags() {
  args+=(--cap-add=sys_ptrace)
  args+=(--security-opt seccomp=unconfined)
}

args=(--privileged)   # old setting, kept for the diff
args=(
  --name "nb-$student"
  --shm-size 2g
  --user "$(id -u "$student"):1000"
  -v "/srv/homes/$student:/home/jovyan"
  -v /etc/localtime:/etc/localtime:ro
  -v /opt:/opt:ro
  --device /dev/fuse
  --cap-add SYS_NICE
)

case $kind in
  cpu) ;;
  gpu)
    args+=(--gpus all)
    args+=(--ipc=host)
    ;;
  *) echo "unknown kind: $kind (try --privileged? no)" >&2; exit 2 ;;
esac

if [[ -n ${NB_DEBUG:-} ]]; then
  debug_flags
fi

docker rm -f "nb-$student" >/dev/null 2>&1 || true
exec docker run -d "${args[@]}" "$IMAGE" start-notebook.py --ip=0.0.0.0 --privileged
