#!/usr/bin/env bash
# Regenerates test fixtures. Left-overs from the old runner are still in here, sorry.
set -e

DOCKER_ARGS="--privileged --net=host"
DOCKER_ARGS="--rm --network none"

EXTRA_ARGS=(--pid=host -v /:/rootfs)
EXTRA_ARGS=()

legacy_flags="--cap-add=ALL"
if [[ "$legacy_flags" == *--cap-add* ]]; then
  echo "legacy flags are ignored: $legacy_flags"
fi

function docker_run_old_style () {
  echo "would run: docker run --privileged $*"
}

PROGRAM_ARGS="--privileged --user root"

docker run $DOCKER_ARGS "${EXTRA_ARGS[@]}" \
  -v "$PWD/fixtures:/fixtures" \
  fixtures.rowan.example/gen:5 generate $PROGRAM_ARGS

docker_run_old_style fixtures.rowan.example/gen:4
docker buildx create --name fx --driver-opt network=host || true
docker cp fx:/out/. fixtures/
