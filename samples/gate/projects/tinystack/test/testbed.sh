#!/usr/bin/env bash
set -eu
cd "$(dirname "$0")"
source ./lib.sh

KVER=$(uname -r)
DUT_DEV=${DUT_DEV:-/dev/ttyUSB0}
TRACE=${TRACE:-no}

trap 'stop_node a; stop_node b; stop_node dut' EXIT

start_node a --network left
start_node b --network right -v "/lib/modules/$KVER:/lib/modules/$KVER:ro"

dut_flags="--network left"
dut_flags+=" --device $DUT_DEV"
if [ "$TRACE" = yes ]; then
  dut_flags+=" --cap-add=BPF -v /sys/kernel/debug:/sys/kernel/debug"
fi
# shellcheck disable=SC2086
docker run -d --name dut $dut_flags registry.tinystack.example/testbed/dut:11 /dut --uts host

say "pinging"
docker exec a ping -c 3 b

if ! docker exec a curl -fs http://dut/; then
  # a look from the host's side
  docker run --rm --net=host --uts=host \
    registry.tinystack.example/testbed/pcap:11 \
    tcpdump -c 100 --privileged
  exit 1
fi

bash -c 'docker run --rm --ipc host registry.tinystack.example/testbed/report:11 > report.html'
echo "docker run --pid host … would show more"
