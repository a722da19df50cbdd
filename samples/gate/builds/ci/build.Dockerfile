FROM ubuntu:22.04
ENV DEBIAN_FRONTEND=noninteractive

RUN apt-get update
RUN apt-get install -y --no-install-recommends \
    build-essential \
    ca-certificates \
    curl \
    git \
    sudo

# RUN apt-get update && apt-get upgrade -y

RUN useradd -m -s /bin/bash builder \
    && echo "builder ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers

RUN set -eux; \
    mkdir -p /opt/sdk; \
    curl -fsSL https://deb.toolchain.example/setup_20.x | bash -; \
    apt-get install -y toolchain-20; \
    rm -rf /var/lib/apt/lists/*

USER builder
WORKDIR /home/builder/work
