#!/bin/bash
# usage: ssh-deploy.sh HOST TAG
HOST=${1:?host}; TAG=${2:?tag}

if [ "$HOST" = help ]; then
  cat <<USAGE
Deploys the gateway.  By hand:

    docker run -d --privileged --net=host registry.pumice.example/gateway:TAG

USAGE
  exit 0
fi

scp -q conf/gateway.toml "deploy@$HOST:/opt/gateway/gateway.toml"

ssh -o BatchMode=yes "deploy@$HOST" bash -s <<EOF
set -e
docker pull registry.pumice.example/gateway:$TAG
docker stop gateway || true
docker rm gateway || true
sudo docker run -d --name gateway \
  --network=host \
  --cap-add NET_BIND_SERVICE \
  --cap-add net_admin \
  -v /opt/gateway:/etc/gateway:ro \
  -v /var/log:/logs \
  registry.pumice.example/gateway:$TAG --pid=host
EOF

echo "deployed $TAG to $HOST"
