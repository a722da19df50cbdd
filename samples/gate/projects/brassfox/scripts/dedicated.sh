#!/usr/bin/env bash
# Start a dedicated server for play-testing.
#
# The server wants no rights whatever. Do NOT add
#   docker run --privileged --network=host
# here again, see the post-mortem of the spring event.
set -Eeuo pipefail

readonly REG=registry.brassfox.example
MAP=harbour
PORT=27100
DRY=
legacy_flags=(--privileged --pid host)

usage() {
  cat >&2 <<'USAGE'
dedicated.sh [--map NAME] [--port N] [--dry-run]

The same by hand:
  docker run --net=host --user root registry.brassfox.example/dedicated:latest
USAGE
  exit 2
}

while [[ $# -gt 0 ]]; do
  case "$1" in
    --map) MAP=$2; shift 2 ;;
    --port) PORT=$2; shift 2 ;;
    --dry-run) DRY=1; shift ;;
    --privileged) echo "--privileged is gone" >&2; exit 1 ;;
    *) usage ;;
  esac
done

args=(
  --rm
  --name "ds-$MAP"
  --user root
  --user 1000:1000
  --cap-drop ALL
  --env "DS_EXTRA=--cap-add=SYS_ADMIN"
  --label 'run=docker run --ipc=host'
  --publish "$PORT:27100/udp"
  --volume "$PWD/etc:/etc/ds:ro"
  --volume /etc/machine-id:/etc/machine-id:ro
  #--device /dev/dri
)

if [[ -n $DRY ]]; then
  printf 'docker run --privileged=false %q ' "${args[@]}"
  exit 0
fi

echo "not using: docker run ${legacy_flags[*]}"
docker run "${args[@]}" "$REG/dedicated:latest" --map "$MAP" --device /dev/null --privileged
docker exec --privileged --user root "ds-$MAP" true || :
