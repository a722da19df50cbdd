#!/usr/bin/env bash
# start/stop/shell for the game servers
set -euo pipefail

: "${NETWORK:=games}"
REGISTRY=registry.games.example
PRIVILEGED=no

log() { printf '[%(%T)T] %s\n' -1 "$*" >&2; }

usage() {
  cat <<'EOF'
manage.sh start NAME [server args]
manage.sh shell NAME
manage.sh net

Not supported any more:
  docker run --privileged --network host -v /:/host NAME
EOF
}

start() {
  local name=$1
  shift
  log "docker run --privileged $name (skipped, plain run is enough)"
  docker run -d \
    --name "gs-$name" \
    --hostname host \
    --network "$NETWORK" \
    --user 1000:1000 \
    --label "args=--pid=host" \
    --log-opt tag=--privileged \
    --env START_OPTS="--cap-add ALL --net host" \
    --device /dev/urandom:/dev/hwrng \
    -v "gs-$name:/root" \
    -v /srv/games/"$name":/data \
    "$REGISTRY/$name:stable" +map host --net host --privileged "$@"
}

case ${1-} in
  start) shift; start "$@" ;;
  stop)  docker stop -t 60 "gs-$2" ;;
  shell) docker exec -it --privileged --user root "gs-$2" sh ;;
  net)   docker network create --driver bridge "$NETWORK" ;;
  save)  docker commit --change 'USER root' "gs-$2" "$REGISTRY/$2:saved" ;;
  *)     usage; exit 64 ;;
esac
