#!/bin/bash
# Runs the commands of the Markdown files that need no more than the repository ("sh run") in a fresh clone of it, with the
# `java` on the path, a JDK 25, Maven and Go.
# bash src/test/docs/run.sh [--long] [--cluster] [--compiled] [FOLDER]: clones into FOLDER, or a temporary one that is removed at the end.
#   --long      runs those too that take minutes or hours ("sh long")
#   --cluster   runs those too that need a cluster, or cert-manager on it, which the chart plays: on the cluster that KUBECONFIG names, which
#               has an image registry.example.com/acme53, by the tags VERSION and that of the commit (docs/image.md), and loses all of
#               cert-manager's kinds. With kubectl, helm and jq
#   --compiled  spares Maven in the clone what it has just compiled here, if that is what is committed
#   --list      says which blocks there are, a line each, and runs none
set -euo pipefail
from=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)

# the files as they are committed, less those that belong to a test
pages() { git -C "$1" ls-files '*.md' ':!src'; }
# the blocks of commands of a page, each as its mark, a line break, its lines and a NUL
blocks() {
    awk '/^ *```sh / { inside = 1; print $2; next } /^ *```/ && inside { inside = 0; printf "%c", 0 } inside' "$1"
}
fail() {
    echo "FAILED: $1"
    exit 1
}

marks=run cluster= compiled=
while [[ ${1-} = --* ]]; do
    case $1 in
    --long) marks="run long" ;;
    --cluster) cluster=yes ;;
    --compiled) compiled=yes ;;
    --list)
        cd "$from"
        for page in $(pages .); do
            while IFS= read -r -d '' block; do
                sed -n "2{s/^ *//;p;q}" <<<"$block" | sed "s|^|$page: ${block%%$'\n'*}: |"
            done < <(blocks "$page")
        done
        exit
        ;;
    *) fail "$1 is no option" ;;
    esac
    shift
done

clone=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$clone"' EXIT
java -version 2>&1 | grep -q '"25' || fail "the java on the path is no JDK 25"
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
# CODE LIMIT PAGE TEXT: runs a block to its end, which is the code, or one of the pattern
attempt() {
    local since=$SECONDS code=0
    echo "== $3"
    echo "$4"
    timeout "$2" bash -euo pipefail -c "$4" </dev/null >block.out 2>&1 || code=$?
    # shellcheck disable=SC2053
    [[ $code = $1 ]] || { cat block.out; fail "$3: ended with $code"; }
    echo "-- $((SECONDS - since)) s"
    ran=$((ran + 1))
}
for page in $(pages .); do
    while IFS= read -r -d '' block; do
        mark=${block%%$'\n'*}
        [[ " $marks " = *" $mark "* ]] || continue
        limit=900
        [ "$mark" = run ] || limit=4h
        attempt 0 "$limit" "$page" "${block#*$'\n'}"
    done < <(blocks "$page")
done
if [ -n "$cluster" ]; then
    set -E
    trap 'echo "FAILED: cluster.sh, line $LINENO: $BASH_COMMAND"' ERR
    . src/test/docs/cluster.sh
fi
rm -f block.out
git diff --stat --exit-code || fail "the commands changed what is committed"
echo "$ran blocks ran"
