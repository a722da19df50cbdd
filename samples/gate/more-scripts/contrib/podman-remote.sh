#!/bin/sh
# run the test container on the big machine (podman machine / remote socket)

set -e
CONTAINER_HOST=ssh://ci@builder7.fjord.example/run/user/1001/podman/podman.sock
export CONTAINER_HOST

IMAGE=quarry.fjord.example/tests:latest

podman --remote pull -q $IMAGE
podman --remote run --rm --userns=keep-id \
	--security-opt label=disable \
	-v ./src:/src:Z $IMAGE pytest -q

# second pass needs real uids
podman --remote --log-level=error run --rm --userns host \
	--security-opt=no-new-privileges \
	-v /run/podman/podman.sock:/var/run/docker.sock \
	-v scratch:/root \
	$IMAGE pytest -q -m uid

podman --remote exec --privileged tests-db psql -c 'select 1'
podman machine ssh -- echo podman run --privileged
