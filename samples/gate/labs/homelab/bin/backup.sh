#!/bin/sh
# Nightly backup of the house server. Called from cron, see cron.d/containers.
set -eu

REPO="sftp:attic@nas01:/pool/restic"
EXCLUDES="--exclude /src/etc/ssl/private --exclude /root"

run_restic() {
  docker run --rm --hostname "$(hostname -s)" \
    -e RESTIC_REPOSITORY="$REPO" \
    -v /etc:/src/etc:ro \
    -v /home:/src/home:ro \
    -v /srv/photos:/src/photos:ro \
    -v restic-cache:/root/.cache \
    registry.attic.example/restic:0.17 "$@"
}

run_restic backup $EXCLUDES --tag nightly /src
run_restic forget --keep-daily 7 --keep-weekly 5 --prune

for vol in paperless vault gitea; do
  docker run --rm \
    -v "/var/lib/docker/volumes/${vol}/_data:/in:ro" \
    -v /srv/backup:/out \
    registry.attic.example/busybox:1 \
    tar -C /in -czf "/out/${vol}.tgz" .
done

# second copy on the NAS
ssh nas01 docker run --rm --user root \
  -v /opt:/opt:ro -v /pool:/pool \
  registry.attic.example/rsync:3 rsync -a /opt /pool
