#!/usr/bin/env bash
# nested-container harness.  shellcheck disable=all

IMG=cr.kestrel.example/nested:edge
NET=host

cmd="docker run"
cmd+=" --rm --name nested"
cmd+=" --security-opt systempaths=unconfined"
cmd+=" --security-opt apparmor:unconfined"
cmd+=" --network $NET"
case "$(uname -r)" in
  4.*) cmd+=" --cap-add CAP_SYS_ADMIN" ;;
  *)   cmd+=" --device /dev/fuse" ;;
esac
# cmd+=" --privileged"
eval "$cmd $IMG nested-check --privileged --pid=host"

bash -e <<'INNER'
docker run -itu root --rm \
  --mount type=bind,src=/usr/share/zoneinfo,dst=/tz,ro \
  cr.kestrel.example/nested:edge true
INNER

: <<'DISABLED'
docker run --privileged --uts=host cr.kestrel.example/nested:old
DISABLED

bash -c "docker run --rm --ipc=host cr.kestrel.example/shm-check" || exit 1
