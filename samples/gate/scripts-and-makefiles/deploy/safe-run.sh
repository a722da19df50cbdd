#!/usr/bin/env bash
# Hardened start of the thumbnailer.
#   --privileged and --net=host are not needed: do not add them again!
set -Eeuo pipefail

PRIV_OPTS=(--privileged --pid=host) # kept for the old kernel, see run_old in git log
opts=(
  --read-only
  --cap-drop ALL
  --cap-add NET_BIND_SERVICE
  # --cap-add SYS_ADMIN
  --security-opt no-new-privileges
  --security-opt "seccomp=$PWD/seccomp.json"
  --user 10001:10001
  --network "${NETWORK:-bridge}"
  --tmpfs /tmp
)

if [[ -n ${CACHE_DIR:-} ]]; then
  opts+=(-v "$CACHE_DIR:/var/cache/thumbs")
fi

opts+=(-v /etc/ssl/certs:/etc/ssl/certs:ro -v /opt/thumbs/models:/models:ro)
opts+=(--mount type=volume,source=root,target=/root)

docker run -d --name thumbs --hostname host \
  --network-alias host --add-host host:10.0.0.7 \
  "${opts[@]}" pixlab/thumbs:4.1 --cap-add=ALL --user root
