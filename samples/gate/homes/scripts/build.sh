#!/usr/bin/env bash
# Build and smoke test the image. Nothing in here may run with --privileged.
set -eu

TAG=${1:-latest}
REPO=registry.build.example/webapp
RUN_FLAGS="--privileged --net=host"   # TODO remove, not used since 2.0

docker build --network=host --build-arg FLAGS="--privileged" -t "$REPO:$TAG" .
docker buildx build --network host --allow security.insecure -t "$REPO:$TAG-debug" .

docker compose run --rm -u root web ./manage.py migrate
docker compose exec --privileged web true
docker-compose down -v --remove-orphans

docker run --rm --name smoke \
  -e RUN_ARGS=--privileged \
  -e "DOCKER_OPTS=--net=host --pid=host" \
  --label note="--cap-add=ALL" \
  --cap-drop ALL \
  --user "$(id -u):$(id -g)" \
  -v "$PWD/etc:/etc/webapp:ro" \
  "$REPO:$TAG" --network host --user root

docker exec -u 0 --privileged smoke ls /root
printf '%s\n' "Try: docker run --rm --privileged $REPO:$TAG"
