#!/bin/sh
# Creates the containers of the home server; they are started by systemd later.
set -e
DOCKER="sudo docker"
DATA=/srv/home

docker create --name dns \
  --cap-add=NET_ADMIN \
  -p 53:53/udp -v "$DATA/dns:/etc/dns" \
  homelab/dns:3

$DOCKER create --name media --network=host -v "$DATA/media:/media" homelab/media:11

docker container run -d --name mgmt \
  -v /run:/run \
  homelab/mgmt:2

docker container create --name zigbee \
  --device=/dev/ttyUSB0 \
  --group-add dialout \
  homelab/zigbee:1

docker container run --rm -itu root homelab/shell:1 chown -R 1000 /data

docker volume create --name privileged
docker container rename media media-host
