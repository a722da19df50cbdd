# shellcheck shell=bash disable=SC2034
# Sourced by up.sh.
ENGINE=${ENGINE:-podman}
REG=registry.podlab.example

common_flags=(
  --replace
  --security-opt label=disable
  --userns=host
)

debug_flags=(
  --cap-add SYS_PTRACE
  --security-opt apparmor=unconfined
)

# nobody uses these since the move away from docker
legacy_flags=(--privileged --uts=host -v /var/run:/var/run)

sock="${XDG_RUNTIME_DIR:-/run/user/1000}/podman/podman.sock"

engine() { command "$ENGINE" "$@"; }
