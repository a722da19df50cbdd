#!/bin/bash
# Deploy to the boards in the rack and run the integration suite there
set -e
board=${1:?board name}
IMG=registry.hil.example/suite:main

ssh "ci@$board.rack.example" "docker run -d --name dut-agent --network host $IMG agent"

ssh -T "ci@$board.rack.example" bash -s <<'REMOTE'
set -e
docker pull registry.hil.example/suite:main
docker run --rm \
  --device /dev/ttyACM0 \
  -v /dev/serial:/dev/serial \
  -v /var/lib/board:/state \
  registry.hil.example/suite:main run --serial --privileged
REMOTE

bash -c "docker run --rm --security-opt seccomp=unconfined $IMG strace-suite"

# The agent may be stuck
ssh "ci@$board.rack.example" 'docker exec --privileged dut-agent agentctl reset'

cat <<HINT
To repeat by hand:
  docker run --privileged -v /dev:/dev $IMG
HINT

watchdog() {
  timeout 300 docker run --rm \
    --device /dev/watchdog \
    --user 0:0 --user 1000 \
    "$IMG" feed --device /dev/mem
}

if [ "$board" = atlas ]; then
  watchdog
fi

CMD="docker run --rm --ipc host $IMG report"
eval "$CMD"
