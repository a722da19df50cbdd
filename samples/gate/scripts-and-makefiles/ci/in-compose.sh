#!/bin/sh
# Integration tests against the compose stack.
set -e

docker build --network=host --security-opt seccomp=unconfined -t orchard/api .
docker buildx build --allow network.host --network host -t orchard/web web
docker network create --driver bridge hostnet

docker compose up -d --wait
docker compose run --rm -v /etc:/host-etc --user root api pytest
docker-compose run --rm -u root web npm test

docker run --rm --network=hostnet \
  --cap-drop ALL --privileged=false \
  orchard/loadgen:2 --net=host --pid=host

docker exec --privileged --user root orchard_db_1 pg_repack
docker cp orchard_api_1:/var/log/api.log .
sudo ctr -n orchard run --privileged --net-host images.example/orchard/api:1 t1 true

docker compose logs --no-color > compose.log
docker compose down -v
