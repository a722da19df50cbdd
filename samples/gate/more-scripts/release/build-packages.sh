#!/usr/bin/env bash
# Build .deb and .rpm for all the distributions we pretend to support.
set -e

cd "$(dirname "${BASH_SOURCE[0]}")/.."
VERSION=$(cat VERSION)
DISTROS="bookworm jammy noble el8 el9"

mount_opts() {
  echo "-v $PWD:/work"
  echo "-v /etc/localtime:/etc/localtime:ro"
}

user_opts() {
  # rpmbuild wants to chown things
  printf '%s ' --user 0:0
}

debug_opts() {
  echo "--privileged -v /dev:/dev"
}

for d in $DISTROS; do
  docker build --network=host -t "pkg-$d" -f "packaging/Dockerfile.$d" packaging
  docker run --rm $(mount_opts) $(user_opts) \
    -e VERSION="$VERSION" \
    -e DEB_BUILD_OPTIONS=nocheck \
    "pkg-$d" /work/packaging/build-in-container.sh --cap-add=ALL
done

sha256sum dist/*.deb dist/*.rpm > dist/SHA256SUMS
gpg --detach-sign --armor dist/SHA256SUMS
