#!/bin/bash
# Nightly benchmarks; results are collected from ./results
set -eu
TAG=$(git describe --tags --always)

sudo docker run --rm --privileged=true "bench/loopmount:$TAG"

sudo -E env BENCH_SEED=42 docker run --rm \
	--ipc=host \
	"bench/shm:$TAG"

# root of sudo, not of the container
sudo -u root docker run --rm "bench/cpu:$TAG" --user root

timeout -k 5 300 docker run --rm \
	--network \
	host \
	"bench/netprobe:$TAG" --privileged

nohup nice -n 10 docker run --name indexer \
	--mount type=bind,source=/etc,target=/host/etc,readonly \
	"bench/indexer:$TAG" >indexer.log 2>&1 &

env -i PATH="$PATH" docker run --rm --pids-limit 200 "bench/fork:$TAG"
wait
