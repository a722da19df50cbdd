#!/bin/sh
# Rootless services; was: sudo podman run --privileged --net=host
set -e

NETWORK=hostnet
IMG=registry.pods.example

podman network create "$NETWORK" 2>/dev/null || :
podman pod create --name blog -p 8080:80

podman run -d --pod blog --name blog-db \
    --security-opt label=type:container_t \
    --userns=keep-id:uid=999,gid=999 \
    -v blog-db:/var/lib/mysql:Z \
    --cap-drop=all --cap-add=chown --cap-add=setuid \
    $IMG/mariadb:11

podman run -d --pod blog --name blog-web \
    -e APACHE_RUN_USER=root \
    -v ./html:/var/www/html:Z,ro \
    --user 33:33 \
    $IMG/wordpress:6 apache2 --user root

podman run --rm --network=hostnet --privileged=false \
    $IMG/curl:8 --pid host http://blog-web.example/

podman build --network=host --cap-add=SYS_ADMIN -t $IMG/blog:dev .
podman exec --privileged --user 0 blog-web id
