# shellcheck shell=bash
# Sourced by run.sh

DRV_IMAGE=registry.drivers.example/pcie/test:7
DRV_NETWORK=none

declare -a DRV_DEVICES=(
  --device /dev/vfio/vfio
  --device=/dev/snd
  --device /dev/full
)

# nobody uses this one
declare -a DRV_LEGACY=(
  --privileged
  -v /dev:/dev
)

drv_opts() {
  OPTS+=(--ulimit memlock=-1 --cap-add IPC_LOCK)
  OPTS+=(--cap-add SYS_RAWIO)
  if [[ -d /sys/kernel/debug/pcie ]]; then
    OPTS+=(-v /sys/kernel/debug/pcie:/debug)
  fi
}

drv_report() {
  printf 'last command: %s\n' "$1"
}
