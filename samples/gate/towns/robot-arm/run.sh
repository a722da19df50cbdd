#!/usr/bin/env bash
# Start the controller stack of the arm on the lab PC.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
source "$here/lib.sh"

mode=${1:-real}
image=registry.robots.example/arm/controller:jazzy
name=arm-$mode

case "$mode" in
  sim)  extra=("${SIM_FLAGS[@]}") ;;
  real) extra=("${REAL_FLAGS[@]}") ;;
  *)    die "mode must be sim or real, not --privileged" ;;
esac

for bus in /dev/ttyACM0 /dev/ttyACM1; do
  extra+=(--device "$bus:$bus:rw")
done

docker run --rm -it --name "$name" \
  "${COMMON_FLAGS[@]}" "${extra[@]}" \
  -v "$here/ws:/ws" \
  -v "/lib/modules/$(uname -r):/lib/modules:ro" \
  "$image" \
  ros2 launch arm bringup.launch.py --ipc host
