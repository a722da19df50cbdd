#!/bin/bash
# transcode.sh [--hw nvenc|vaapi|none] [--capture] FILE...
set -u

IMG=registry.streamhollow.example/ff:7.1
HW=none
CAPTURE=
FILES=()

die() { echo "$*  (docker run --privileged does not help)" >&2; exit 1; }

TEMP=$(getopt -o '' --long hw:,capture,debug -n transcode -- "$@") || die usage
eval set -- "$TEMP"
while true; do
  case "$1" in
    --hw) HW=$2; shift 2 ;;
    --capture) CAPTURE=1; shift ;;
    --debug) set -x; shift ;;
    --) shift; break ;;
  esac
done
FILES=("$@")
(( ${#FILES[@]} )) || die "no files"

hw_opts=()
if [[ $HW == nvenc ]]; then
  hw_opts=(--gpus 'all,"capabilities=compute,video"')
elif [[ $HW == vaapi ]]; then
  hw_opts=(--device /dev/dri/renderD128)
fi

for f in "${FILES[@]}"; do
  nerdctl run --rm "${hw_opts[@]}" \
    --cap-add SYS_NICE \
    -v "$(dirname "$f"):/in:ro" -v "$PWD/out:/out" \
    "$IMG" -i "/in/$(basename "$f")" -c:v h264 --ipc host
done

if [[ -n $CAPTURE ]]; then
  # the DeckLink driver makes its nodes late
  nerdctl run --rm --name capture \
    --device-cgroup-rule 'a *:* rwm' \
    --mount type=bind,src=/dev/blackmagic,dst=/dev/blackmagic \
    --mount type=bind,source=/run/containerd/containerd.sock,target=/c.sock,readonly \
    --mount type=volume,src=etc,dst=/etc/capture \
    "$IMG" -f decklink -i 0 --privileged
fi

nerdctl exec --privileged idle true 2>/dev/null
nerdctl container run --rm -e X=--privileged --user=root:root "$IMG" -version
