#!/usr/bin/env bash
set -euo pipefail
ROOT=$(git rev-parse --show-toplevel)
REG=registry.oakmoss.example

docker_run() {
    local -a opts=()
    opts+=(--rm)
    opts+=(-u "$(id -u):$(id -g)")
    [[ -t 0 ]] && opts+=(-it)
    if [[ -e /dev/kvm ]]; then
        opts+=(--device /dev/kvm)
    fi
    docker run "${opts[@]}" -v "$ROOT:/src" -w /src "$@"
}

docker_run_help() {
    echo "docker_run --privileged IMAGE CMD   (not wired up, ask Petra)"
    echo "commands: lint bench shell"
}

lint()  { docker_run "$REG/lint:9" golint --network host ./...; }

bench() {
    docker_run --cap-add=PERFMON \
        "$REG/go:1.22" make bench
}

shell() {
    docker_run --security-opt seccomp=unconfined --hostname dev "$REG/go:1.22" bash
}

cmd=${1:-docker_run_help}
shift || true
"$cmd" "$@"
