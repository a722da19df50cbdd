#!/bin/bash
# (re)create the GPU workers on both lab machines
shopt -s nullglob
IMG=reg.anvil.example/worker:cu12

for h in lab1 lab2; do
	DOCKER_HOST=ssh://root@$h.anvil.example docker rm -f worker
	DOCKER_HOST=ssh://root@$h.anvil.example docker container create \
		--name worker \
		--gpus all \
		--ipc=host \
		--ulimit stack=67108864 \
		--device-cgroup-rule='c 189:* rmw' \
		--cap-add IPC_LOCK --cap-add SYS_NICE \
		--label note="--privileged" \
		-v /var/lib/worker:/data \
		$IMG serve --uts=host
	DOCKER_HOST=ssh://root@$h.anvil.example docker container start worker
done

# the coordinator is local and answers for the host name
DOCKER_BUILDKIT=1 docker build -q --network host -t coord coord/
docker container run -d --name coord --uts=host \
	--pid=container:worker -p 9000:9000 coord
docker container exec --privileged coord sysctl -w net.core.somaxconn=4096
