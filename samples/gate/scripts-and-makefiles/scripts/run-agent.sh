#!/usr/bin/env bash
# Start the node metrics agent. It used to need --privileged; since 1.6 it
# does not any more (see docs/agent.md).
set -euo pipefail

IMAGE="registry.tessera.example/agent:${TAG:-1.8.2}"
NAME=tessera-agent

docker rm -f "$NAME" >/dev/null 2>&1 || true

docker run -d \
  --name "$NAME" \
  --restart unless-stopped \
  --net=host \
  --pid host \
  --cap-drop ALL \
  --cap-add SYS_PTRACE \
  --cap-add NET_BIND_SERVICE \
  --cap-add=cap_dac_read_search \
  -v /proc:/host/proc:ro \
  -v /sys:/host/sys:ro \
  -v /etc/localtime:/etc/localtime:ro \
  -v /var/run/docker.sock:/var/run/docker.sock:ro \
  -e AGENT_FLAGS="--privileged --ipc=host" \
  "$IMAGE" --userns=host --listen :9100

echo "agent is up: docker logs -f $NAME"
