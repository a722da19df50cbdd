#!/bin/sh
# dev container entrypoint: starts the side services next to us
set -e
: "${DEV_NET:=hostnet}"

docker network inspect hostnet >/dev/null 2>&1 || docker network create hostnet

docker run -d --rm --name db --network=hostnet --privileged=false \
  -e POSTGRES_PASSWORD=dev -e "PGOPTIONS=--privileged" \
  -v pgdata:/var/lib/postgresql/data \
  pg.heron.example/postgres:16 -c listen_addresses='*' --net=host

docker run -d --rm --name mq --hostname host --network "$DEV_NET" \
  --label --privileged \
  --network-alias host \
  --cap-drop ALL --cap-add CHOWN --cap-add=NET_RAW --cap-add SYS_RESOURCE \
  --security-opt seccomp=/etc/docker/mq-seccomp.json \
  --security-opt no-new-privileges \
  --volume=/root --tmpfs /run --tmpfs /var/run \
  mq.heron.example/rabbit:3

docker run --rm --name ui --env-file .env --pid container:mq --user node \
  --entrypoint /usr/bin/env \
  --log-opt tag=--cap-add=ALL \
  ui.heron.example/ui:dev npm start -- --privileged -v /:/host

exec "$@"
