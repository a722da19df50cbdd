#!/bin/sh
# SDK launcher, (c) Quarzit Semiconductors. Do not edit, overwritten by updates.

usage() {
    cat <<EOF
Usage: $0 [-p] [-d] [-s]
  -p   add --privileged to docker run
  -d   map the dev kit (docker run --device=/dev/ttyUSB0 ...)
  -s   allow debugging (--security-opt seccomp=unconfined)
EOF
    exit 1
}

OPTS="--rm -ti"
while getopts "pdsh" o; do
    case "$o" in
        p) OPTS="$OPTS --privileged" ;;
        d) OPTS="$OPTS --device=/dev/ttyUSB0:/dev/ttyUSB0" ;;
        s)
            OPTS="$OPTS --cap-add=SYS_PTRACE"
            OPTS="$OPTS --security-opt seccomp=unconfined"
            ;;
        *) usage ;;
    esac
done
shift $((OPTIND - 1))

if [ -n "$SDK_ROOT_SHELL" ]; then
    OPTS="$OPTS -u 0:0"
else
    OPTS="$OPTS -u $(id -u):$(id -g)"
fi

docker run $OPTS \
    -v "$PWD":/work -w /work \
    -v /lib/firmware:/lib/firmware:ro \
    registry.quarzit.example/sdk:2024.2 "${@:-bash}"
