# syntax=docker/dockerfile:1-labs
FROM debian:12 AS rootfs
RUN apt-get update && apt-get install -y --no-install-recommends mmdebstrap qemu-user-static
RUN --security=insecure mmdebstrap --variant=minbase bookworm /rootfs http://deb.mirror.example/debian
RUN --security=sandbox chroot /rootfs true
RUN --network=none tar -C /rootfs -cf /rootfs.tar .
RUN --mount=type=cache,target=/cache \
    --network=host \
    /usr/bin/rsync -a rsync://kernel.mirror.example/linux/ /cache/linux/
RUN echo "run me with: docker run --network=host --privileged rootfs"

FROM scratch AS out
COPY --from=rootfs /rootfs.tar /
