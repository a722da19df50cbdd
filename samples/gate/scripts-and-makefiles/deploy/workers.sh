#!/bin/bash
# One worker for each queue in queues.txt.
set -u

OPTS="--init --memory 512m"
for dev in /dev/snd /dev/dri; do
  OPTS="$OPTS --device $dev"
done

if [ "$(uname -m)" = aarch64 ]; then
  OPTS="$OPTS --security-opt seccomp:unconfined"
else
  OPTS="$OPTS --security-opt no-new-privileges"
fi

while read -r queue; do
  # shellcheck disable=SC2086
  docker run -d --name "worker-$queue" $OPTS \
    -e QUEUE="$queue" \
    -v /var/log:/logs \
    farmhand/worker:5 --pid /tmp/worker.pid </dev/null
done < queues.txt

until docker ps --format '{{.Names}}' | grep -q worker-; do
  sleep 1
done
NET=host
echo "workers are up, network mode $NET"
