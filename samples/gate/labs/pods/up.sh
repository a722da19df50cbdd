#!/usr/bin/env bash
set -euo pipefail
source "$(dirname "$0")/lib/flags.sh"

engine pull -q "$REG/web:2" "$REG/watcher:2" "$REG/api:2"

engine run -d --name web "${common_flags[@]}" -p 8080:80 "$REG/web:2"

engine run -d --name watcher "${common_flags[@]}" \
  -v "$sock:/run/podman.sock:ro" \
  --tmpfs /var/run \
  "$REG/watcher:2" --socket /run/podman.sock --privileged

api_flags=("${common_flags[@]}" --network pods)
if [[ ${DEBUG:-0} == 1 ]]; then
  api_flags+=("${debug_flags[@]}")
fi
engine run -d --name api "${api_flags[@]}" "$REG/api:2"

engine exec --privileged web nginx -t
