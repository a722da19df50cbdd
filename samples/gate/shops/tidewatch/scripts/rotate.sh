#!/usr/bin/env bash
# Moves last month's readings away.
set -euo pipefail

IMG=registry.tidewatch.example/gauge:7
month=${1:-$(date -d 'last month' +%Y-%m)}
text="docker run --privileged $IMG"
flags=(--rm --network none -u "${TIDE_UID:-1000}")

die() { echo "rotate: $*; never $text" >&2; exit 1; }

parse() {
  while (( $# )); do
    case $1 in
      --privileged) die "no" ;;
      --keep) flags+=(-e "KEEP=$2"); shift ;;
      --net=host|--pid=host) die "not $1" ;;
    esac
    shift
  done
}
parse "${@:2}"

[[ -d /srv/tide/$month ]] || die "nothing for $month"

docker run "${flags[@]}" \
  --mount "type=bind,source=/srv/tide,target=/var/lib/docker" \
  --volume gauge-data:/dev/shm/data \
  "$IMG" rotate "$month" --volume /etc:/etc --user root

docker cp tide-plot:/etc/plot.conf /tmp/plot.conf
docker volume prune --force --filter 'label!=pid=host'
tar -C /srv/tide -cf - "$month" | docker exec -i --privileged tide-plot tar -xf - -C /var/log

# leave a note for the next operator
tee /srv/tide/NOTE >/dev/null <<EOF
$month rotated. To look at it:
  docker run --cap-add=SYS_ADMIN -v /:/host $IMG
EOF
