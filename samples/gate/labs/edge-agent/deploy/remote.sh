#!/usr/bin/env bash
# Rolls the agent out to the edge boxes, then restarts the gateway's proxy.
set -euo pipefail
TAG=${1:?tag}

for host in edge-01 edge-02 edge-03; do
  echo "== $host: docker run --privileged is no longer used"
  ssh -o BatchMode=yes "deploy@$host" bash -s -- "$TAG" <<'REMOTE'
set -e
docker pull registry.edgeco.example/agent:"$1"
docker rm -f agent 2>/dev/null || true
docker run -d --name agent --restart always \
  --pid=host \
  -v /var/run/docker.sock:/var/run/docker.sock \
  -v /proc:/host/proc:ro \
  --log-opt max-size=10m \
  registry.edgeco.example/agent:"$1" --net host
REMOTE
done

ssh deploy@gateway "docker rm -f proxy; docker run -d --name proxy --net=host registry.edgeco.example/proxy:$TAG"

cat <<NOTE >&2
Rollback by hand:
  docker run -d --privileged -v /:/host registry.edgeco.example/agent:previous
NOTE
