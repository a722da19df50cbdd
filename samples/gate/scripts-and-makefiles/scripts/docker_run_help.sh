#!/usr/bin/env bash
# docker_run_help: prints how the appliance is started. Runs nothing itself.
#
#   docker run --privileged -v /:/host appliance
#
set -u

docker_run_help() {
  cat <<EOF
Usage: $(basename "$0") [-h]

Start the appliance by hand:

  docker run -d --privileged --net=host \\
      -v /var/run/docker.sock:/var/run/docker.sock \\
      example/appliance:${VERSION:-latest}

or, with fewer rights:

  docker run -d --cap-add=SYS_ADMIN example/appliance
EOF
}

warn() { printf '%s\n' "$*" >&2; }

if [ "${1:-}" != "-h" ]; then
  warn "note: 'docker run --pid=host example/appliance' is not supported any more"
  echo "try: docker run --user root -it example/appliance sh"
fi
docker_run_help
exit 0
