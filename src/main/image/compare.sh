#!/bin/sh
# Compares two archives of the image: compare.sh ONE.tar OTHER.tar
# A line for each layer and one for all else. Ends with 1 when anything but the ahead-of-time cache differs.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for side in one other; do
    mkdir "$work/$side"
    tar -xf "$1" -C "$work/$side"
    shift
    tr ',[]' '\n\n\n' <"$work/$side/manifest.json" | grep -o '[0-9a-f]*\.tar\.gz' >"$work/$side.layers"
    # the layers' sums are compared one by one
    sed 's/sha256:[0-9a-f]*//g' "$work/$side/config.json" >"$work/$side.rest"
done

worst=0
say() {
    echo "$1: $2"
    [ "$1" = same ] || [ "$2" = app/acme53.aot ] || worst=1
}
[ "$(wc -l <"$work/one.layers")" = "$(wc -l <"$work/other.layers")" ] || say differs "the number of layers"
paste -d' ' "$work/one.layers" "$work/other.layers" >"$work/pairs"
while read -r one other; do
    # the layer's name is the sum of what it has; the first file that is no folder says what that is
    name=$(tar -tzf "$work/one/$one" 2>/dev/null | grep -v '/$' | sort | head -n 1)
    [ -n "$name" ] || name="a layer without files"
    [ "$one" = "$other" ] && say same "$name" || say differs "$name"
done <"$work/pairs"
cmp -s "$work/one.rest" "$work/other.rest" && say same "all else" || say differs "all else"
exit $worst
