#!/bin/sh
# Makes an image with one static program and nothing else: program-image.sh NAME PROGRAM OUT.tar
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/root"
cp "$2" "$work/root/program"
pack() { tar --format=gnu --mtime=@0 --owner=0 --group=0 --numeric-owner --create "$@"; }
pack --file="$work/layer.tar" --directory="$work/root" program
layer=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
cat >"$work/config.json" <<JSON
{"architecture":"$(dpkg --print-architecture)","os":"linux","config":{"Entrypoint":["/program"]},
"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]}}
JSON
echo "[{\"Config\":\"config.json\",\"RepoTags\":[\"$1\"],\"Layers\":[\"layer.tar\"]}]" >"$work/manifest.json"
pack --file="$3" --directory="$work" manifest.json config.json layer.tar
