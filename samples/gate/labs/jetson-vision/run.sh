#!/usr/bin/env bash
# Starts the inference container on a Jetson board.
# Older releases needed: docker run --privileged -v /dev:/dev
set -euo pipefail

IMAGE="${IMAGE:-registry.orinlab.example/vision/infer:36.2}"
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

ARGS=(
  --rm -it
  --runtime nvidia
  --network host
  # --privileged        # not needed since the 36.x BSP
  --ipc=host
  -v "$HERE/models:/models:ro"
  -v /tmp/argus_socket:/tmp/argus_socket
)

for cam in /dev/video0 /dev/video2; do
  [[ -c "$cam" ]] && ARGS+=(--device "$cam")
done

if [[ -n "${DISPLAY:-}" ]]; then
  ARGS+=(-e DISPLAY -v /tmp/.X11-unix:/tmp/.X11-unix)
  ARGS+=(--device /dev/dri)
fi

exec docker run "${ARGS[@]}" "$IMAGE" \
  python3 /app/infer.py --pid host --privileged "$@"
