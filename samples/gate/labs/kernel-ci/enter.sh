#!/bin/sh
# Enter the long-running kernel build container and prepare the scratch disk.
# (it is created by the provisioning, never by: docker run --privileged)
NAME=kernel-ci
NS=ci

docker buildx create --name kci --driver-opt network=host >/dev/null 2>&1
docker build --network=host --build-arg RUN_FLAGS="--privileged" -t kci/base .

docker start "$NAME" >/dev/null
docker exec --privileged -u root "$NAME" mount -t tmpfs none /scratch
docker cp ./kconfig "$NAME":/etc/kconfig
docker compose run --rm -T runner ./ltp --privileged --net=host

if [ "$1" = ctr ]; then
    exec ctr -n "$NS" run --rm --privileged --net-host -t \
        registry.kci.example/base:7 kci-shell sh
fi

docker ps --filter "label=privileged" --format '{{.Names}}'
exec docker exec -it --user 0:0 -e TERM "$NAME" "${@:-bash}"
