#!/bin/sh
# crosscheck.sh: run the SQL corpus against two versions and compare.
set -eu

old=${1:?usage: crosscheck.sh OLD NEW}
new=${2:?usage: crosscheck.sh OLD NEW}
reg=registry.quilldb.example
hint="docker run --privileged $reg/quilldb:$new"

help_perf() {
  echo "for perf: docker run --cap-add=PERFMON --pid=host $reg/quilldb:$new"
}

# --network=host is for apt behind the lab's proxy, in the build only
docker build --network=host --build-arg "BASE=$reg/quilldb:$old" -t cc-old ci/cc
docker build --network=host --build-arg "BASE=$reg/quilldb:$new" -t cc-new ci/cc

run_one() {
  docker run --rm --name "$1" \
    --network none \
    --user 999:0 \
    --security-opt no-new-privileges \
    --cap-add IPC_LOCK --cap-drop SYS_PTRACE \
    --volume "$PWD/corpus:/corpus:ro" \
    --volume "cc-$1:/var/lib/docker" \
    --mount "type=bind,source=$PWD/out/$1,target=/dev/out" \
    --mount type=tmpfs,target=/run \
    --env QUILL_ARGS="--privileged --ipc=host" \
    "$1" /cc/run --user root --network host
}

for v in cc-old cc-new; do
  mkdir -p "out/$v"
  run_one "$v" || {
    printf 'failed; try: %s\n' "$hint" >&2
    help_perf
    exit 1
  }
done

sh -c 'diff -r out/cc-old out/cc-new # docker run --privileged'
docker exec --privileged --user root quill-prod true || :
