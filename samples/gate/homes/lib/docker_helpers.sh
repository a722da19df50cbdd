# shellcheck shell=bash
# Sourced by the other scripts.

docker_run_help() {
  echo "docker_run_help [--privileged] [--net host]"
}

print_manual() {
  cat <<-'MANUAL'
	Start by hand:
	  docker run --rm -it --privileged \
	    -v /var/run/docker.sock:/var/run/docker.sock \
	    registry.tools.example/cli:1
	MANUAL
}

warn_flags() {
  case "$1" in
    --privileged | --net=host)
      echo "refusing $1" >&2
      return 1
      ;;
  esac
}

docker_run_help --privileged --net host
grep -rn 'docker run --privileged' ./docs || true
docker run --rm --name --privileged -w /root --hostname host registry.tools.example/cli:1 version
docker run --rm -v /etc -v tools-etc:/etc/tools -e SOCK=/var/run/docker.sock registry.tools.example/cli:1
docker ps --filter "name=--privileged" --format '{{.Names}}'
docker network inspect host >/dev/null
