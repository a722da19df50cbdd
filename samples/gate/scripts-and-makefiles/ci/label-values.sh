#!/bin/sh
# Checks that our argument parser treats values like values.
set -e

IMAGE=argcheck/fixture:1

docker run --rm --name --privileged "$IMAGE"
docker run --rm -e X=--privileged --env Y=--net=host "$IMAGE" env
docker run --rm --label --pid=host -l --ipc=host "$IMAGE"
docker run --rm -h --privileged -w /srv "$IMAGE" hostname
docker run --rm --entrypoint docker "$IMAGE" run --privileged alpine
docker run --rm --privileged=false --ipc=shareable "$IMAGE"
docker run --rm --net=container:gateway --pid container:gateway "$IMAGE"
docker run --rm \
  --env-file ./fixture.env \
  -v "$PWD/etc:/etc/fixture" \
  -v cache:/var/lib/docker \
  -- "$IMAGE" --security-opt seccomp=unconfined

# the fixture prints what it was given
grep -q -- '--privileged' ./fixture.log || echo "docker run --privileged was not seen"
: docker run --privileged "$IMAGE"
