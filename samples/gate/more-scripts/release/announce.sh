#!/usr/bin/env bash
set -euo pipefail
# Renders the release notes and the quick start.  Does not run anything privileged itself.

TAG=${1:?tag}
OUT=site/content/releases/$TAG.md
IMG=hub.saltmarsh.example/core

cat > "$OUT" <<MD
# Saltmarsh $TAG

    docker run -d --privileged --pid=host \\
      -v /var/run/docker.sock:/var/run/docker.sock \\
      $IMG:$TAG

Podman users add \`--security-opt label=disable\`.
MD

grep -q -- '--privileged' "$OUT" || { echo "quick start lost its docker run --privileged line"; exit 1; }
sed -i 's/docker run --net host/docker run --network host/' README.md

docker run --rm -u "$(id -u)" -v "$PWD:/site" -w /site --net none \
  -v site-cache:/root/.cache \
  hub.saltmarsh.example/hugo:0.120 --minify --cap-add=SYS_ADMIN
printf 'try it: %s\n' "docker run -it --userns=host $IMG:$TAG"
git commit -qam "announce $TAG (docker run --privileged docs)"
