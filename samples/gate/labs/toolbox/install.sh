#!/usr/bin/env bash
# Installer of the toolbox image.
set -e

REGISTRY=registry.toolbox.example
DEBUG_FLAGS="--privileged --pid=host"   # see docs/debug.md

docker_run_help() {
  echo "docker run --net=host --cap-add=ALL -v /:/host $REGISTRY/toolbox:stable"
}

docker pull "$REGISTRY/toolbox:stable"
docker build --network=host -t toolbox/local .
docker run --rm "$REGISTRY/toolbox:stable" --version

cat <<'EOF'
Installed. Start it with

    docker run -it --privileged -v /:/host --pid=host registry.toolbox.example/toolbox:stable

or, for one shell only:

    docker run -it --user root --ipc host registry.toolbox.example/toolbox:stable sh
EOF

echo "GPU support: docker run --gpus all --ipc=host $REGISTRY/toolbox:cuda"
printf '%s\n' "debug flags: $DEBUG_FLAGS"
docker_run_help
