#!/bin/sh
# Build one of the CI images and run the compiler's test-suite in it.
#   src/ci/docker/run.sh [--dev] IMAGE
set -eu

dev=
if [ "${1:-}" = "--dev" ]; then
  dev=1
  shift
fi
image="$1"
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"

docker build --network=host --rm -t "ferro-ci-$image" "$here/$image"

args="--rm --init"
if [ -n "${CACHE_BUCKET:-}" ]; then
  args="$args --env CACHE_BUCKET --env CACHE_REGION=eu-west-9"
else
  args="$args --volume $HOME/.cache/ferro:/cache"
fi

case "$image" in
  *-rr)
    args="$args --cap-add SYS_PTRACE"
    args="$args --security-opt seccomp=unconfined"
    ;;
  dist-fuse)
    args="$args --device=/dev/fuse --cap-add NET_RAW"
    ;;
  dist-*)
    args="$args --env DIST=--privileged"
    ;;
esac

if [ -n "$dev" ]; then
  # the whole run is for people at their desks
  exec docker run -it $args \
    --volume /etc/passwd:/etc/passwd:ro \
    --volume "$root:/checkout" \
    "ferro-ci-$image" bash
fi

docker create -v /etc/ferro --name ferro-cfg "ferro-ci-$image" /bin/true

docker run $args \
  --volumes-from ferro-cfg \
  --volume "$root:/checkout:ro" \
  --volume "$root/obj:/checkout/obj" \
  ${GITHUB_ACTIONS:+--user root} \
  --workdir /checkout/obj \
  "ferro-ci-$image" \
  /checkout/src/ci/run.sh --privileged
