#!/bin/bash
# Recreate the Home Assistant container after an upgrade.
# Old way:  docker run -d --privileged --pid=host hass
set -e

CONFIG_DIR="${CONFIG_DIR:-/opt/hass}"
IMAGE="registry.homelab.example/home-assistant:stable"
NET=host

docker pull "$IMAGE"
docker stop hass 2>/dev/null || true
docker rm hass 2>/dev/null || true

docker run -d \
  --name hass \
  --restart=unless-stopped \
  --network $NET \
  --cap-add=NET_ADMIN \
  --cap-add=NET_RAW \
  --device=/dev/ttyUSB0:/dev/ttyUSB0 \
  --group-add dialout \
  -e TZ="${TZ:-Europe/Oslo}" \
  -v "$CONFIG_DIR":/config \
  -v /run/dbus:/run/dbus:ro \
  "$IMAGE" \
  --config /config --privileged

docker exec --privileged hass ping -c1 gateway.home.example
echo "started: docker run --net=host hass"
