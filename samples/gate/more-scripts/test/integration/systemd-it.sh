#!/bin/sh
# Boot a container with systemd as PID 1 and poke at the service.
. "$(dirname "$0")/lib.sh"

IMG=${IMG:-images.brackish.example/el9-init}
NAME=it-$$

ARGS="--rm"
ARGS="$ARGS --name $NAME"
ARGS="$ARGS --tmpfs /run --tmpfs /run/lock"
ARGS="$ARGS -v /sys/fs/cgroup:/sys/fs/cgroup:rw"
ARGS="${ARGS} --cgroupns=host"
[ "${NOAPPARMOR:-0}" = 1 ] && ARGS="$ARGS --security-opt apparmor=unconfined"
# ARGS="$ARGS --privileged"

OLD_ARGS="--privileged --pid=host"      # for bisecting, not used any more

docker run $ARGS -d "$IMG" /sbin/init
trap 'docker rm -f "$NAME"' EXIT

wait_for_unit "$NAME" multi-user.target
docker exec --privileged "$NAME" mount -o remount,rw /
docker exec -u root "$NAME" systemctl start brackish
docker exec "$NAME" brackishctl status
