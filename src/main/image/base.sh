#!/bin/sh
# Makes a base for the image where there is no registry: base.sh OUT.tar [ARCHITECTURE [PACKAGE …]]
# ARCHITECTURE as Debian calls it; without it this machine's. PACKAGEs beside those below. APT_CONFIG may name another suite.
# The C library and what goes with it, from Debian's packages, which are unpacked and not installed. No root needed.
# The archive is of the form `docker save` writes; the same packages make the same bytes.
set -eu
out=$1
shift
for tool in apt-get dpkg dpkg-deb sha256sum; do
    command -v "$tool" >/dev/null || { echo "base.sh: a Debian with $tool is needed; or name another base, -Dimage.base=…" >&2; exit 1; }
done
arch=${1:-$(dpkg --print-architecture)}
[ $# -eq 0 ] || shift
packages="base-files libc6 libgcc-s1 netbase${*:+ $*}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/debs" "$work/root/var/lib/dpkg/status.d" "$work/image"
cd "$work/debs"
own="-o APT::Sandbox::User=root -o Dir::State::lists=$work/lists -o Dir::Cache=$work/lists"
own="$own -o APT::Architecture=$arch -o APT::Architectures::=$arch -o Dir::State::status=/dev/null"
# by the machine's lists of packages; where these are missing, too old or another architecture's, by newer ones that are for this alone
# shellcheck disable=SC2086
{ [ "$arch" = "$(dpkg --print-architecture)" ] && apt-get download -qq -o APT::Sandbox::User=root $packages >/dev/null 2>&1; } ||
    { mkdir "$work/lists" && apt-get update -qq $own >&2 && apt-get download -qq $own $packages >/dev/null; } ||
    { echo "base.sh: apt-get download $packages failed" >&2; exit 1; }
for deb in *.deb; do
    dpkg-deb -x "$deb" "$work/root"
    dpkg-deb -f "$deb" >"$work/root/var/lib/dpkg/status.d/$(dpkg-deb -f "$deb" Package)" # for scanners
done

cd "$work/root"
find usr/share/doc \( -type f -o -type l \) ! -name copyright -delete
rm -rf usr/share/man usr/share/locale usr/share/lintian usr/lib/*/gconv etc/ld.so.conf.d/*libc.conf
find . -depth -type d -empty -path './usr/share/*' -delete
mkdir -p etc dev proc sys tmp
chmod 1777 tmp
echo 'hosts: files dns' >etc/nsswitch.conf
echo 'root:x:0:0:root:/:/sbin/nologin' >etc/passwd
echo 'root:x:0:' >etc/group

cd "$work/image"
tar --create --file=layer.tar --directory="$work/root" --format=gnu --sort=name --mtime=@0 \
    --owner=0 --group=0 --numeric-owner .
layer=$(sha256sum layer.tar | cut -d' ' -f1)
mv layer.tar "$layer.tar"
cat >config.json <<JSON
{"architecture":"$arch","os":"linux","created":"1970-01-01T00:00:00Z","config":{},
"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]},
"history":[{"created":"1970-01-01T00:00:00Z","created_by":"$packages"}]}
JSON
config=$(sha256sum config.json | cut -d' ' -f1)
mv config.json "$config.json"
echo "[{\"Config\":\"$config.json\",\"RepoTags\":[\"acme53-base:latest\"],\"Layers\":[\"$layer.tar\"]}]" >manifest.json
tar --create --file="$work/base.tar" --format=gnu --mtime=@0 --owner=0 --group=0 --numeric-owner \
    manifest.json "$config.json" "$layer.tar"
mv "$work/base.tar" "$out"
