#!/bin/bash
# Runs the commands of the Markdown files that need no more than the repository ("sh run") in a fresh clone of it, with the
# `java` on the path, a JDK 25, Maven and Go.
# bash src/test/docs/run.sh [--long|--compiled] [FOLDER]: clones into FOLDER, or a temporary one that is removed at the end.
#   --long      runs those too that take minutes or hours ("sh long")
#   --compiled  spares Maven in the clone what it has just compiled here, if that is what is committed
#   --list      says which there are, a line each, and runs none
set -euo pipefail
from=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)

# the files as they are committed, less those that belong to a test
pages() { git -C "$1" ls-files '*.md' ':!src'; }
# the blocks of a page that are to be run, each as its mark, a line break, its lines and a NUL
blocks() {
    awk '/^ *```sh (run|long) *$/ { inside = 1; print $2; next } /^ *```/ && inside { inside = 0; printf "%c", 0 } inside' "$1"
}

marks=run compiled=
case ${1-} in
--compiled)
    compiled=yes
    shift
    ;;
--long)
    marks="run long"
    shift
    ;;
--list)
    cd "$from"
    for page in $(pages .); do
        while IFS= read -r -d '' block; do
            sed -n "2{s/^ *//;p;q}" <<<"$block" | sed "s|^|$page: ${block%%$'\n'*}: |"
        done < <(blocks "$page")
    done
    exit
    ;;
esac

clone=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$clone"' EXIT
java -version 2>&1 | grep -q '"25' || { echo "the java on the path is no JDK 25"; exit 1; }
git clone -q "$from" "$clone"
cd "$clone"
if [ -n "$compiled" ] && [ -z "$(git -C "$from" status --porcelain)" ]; then
    mkdir target
    cp -r "$from"/target/{classes,test-classes,maven-status} target
    sed -i "s|^$from/|$PWD/|" target/maven-status/*/*/*/inputFiles.lst
fi
acme53() { java -jar target/acme53.jar "$@"; }
export -f acme53

ran=0
for page in $(pages .); do
    while IFS= read -r -d '' block; do
        mark=${block%%$'\n'*}
        [[ " $marks " = *" $mark "* ]] || continue
        limit=900
        [ "$mark" = run ] || limit=4h
        echo "== $page"
        echo "${block#*$'\n'}"
        since=$SECONDS
        timeout "$limit" bash -euo pipefail -c "${block#*$'\n'}" </dev/null >block.out 2>&1 ||
            { cat block.out; echo "FAILED: $page"; exit 1; }
        echo "-- $((SECONDS - since)) s"
        ran=$((ran + 1))
    done < <(blocks "$page")
done
rm -f block.out
git diff --stat --exit-code || { echo "FAILED: the commands changed what is committed"; exit 1; }
echo "$ran blocks ran"
