#!/usr/bin/env bash
# Run the emulator's desktop front-end from a container.
set -o errexit -o nounset

ENGINE=${PALMIRA_ENGINE:-podman}
TAG=${1:-stable}
RUNTIME=${XDG_RUNTIME_DIR:-/run/user/1000}

opts=(--rm -it --name palmira-gui)

with_display() {
  opts+=(-e DISPLAY -v /tmp/.X11-unix:/tmp/.X11-unix)
  opts+=(-v "$RUNTIME/pulse:/pulse")
  opts+=(--device /dev/dri)
}

with_pads() {
  opts+=(--device=/dev/uinput)
  opts+=(-v /run/udev:/run/udev:ro)
}

with_display

if [[ -e /dev/uinput ]]; then
  with_pads
fi

case ${PALMIRA_SOUND:-pulse} in
  alsa) opts+=(--device /dev/snd --group-add audio) ;;
  pulse) opts+=(-e PULSE_SERVER=unix:/pulse/native) ;;
  none) : ;;
esac

# SELinux labels of the home folder cannot be changed, so switch them off
opts+=(--security-opt=label=disable)

echo "starting: podman run --privileged=false ${opts[*]}"

if [[ $ENGINE == podman ]]; then
  podman run "${opts[@]}" --userns=keep-id -v "$HOME/roms:/roms:ro" \
    "registry.palmira.example/gui:$TAG" --fullscreen --ipc host
else
  docker run "${opts[@]}" -v "$HOME/roms:/roms:ro" \
    "registry.palmira.example/gui:$TAG" --fullscreen
fi
