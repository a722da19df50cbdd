# shellcheck shell=bash
# Sourced by run.sh; not to be run by itself.

die() {
  printf '%s\n' "error: $*" "hint: docker run --privileged is not the answer" >&2
  exit 1
}

COMMON_FLAGS=(
  --network=host
  --ipc=host
  --security-opt label=disable
  -e DISPLAY
  -v /tmp/.X11-unix:/tmp/.X11-unix
  --ulimit rtprio=99
)

SIM_FLAGS=(
  --device=/dev/dri
)

REAL_FLAGS=(
  --cap-add=SYS_NICE
  -v /dev/input:/dev/input
)

# nobody uses these any more
LEGACY_FLAGS=(
  --privileged
  --pid=host
)
