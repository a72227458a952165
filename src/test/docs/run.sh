#!/bin/bash
# Runs the commands of README and docs that need no more than the repository ("sh run") in a fresh clone of it, with the
# `java` on the path, a JDK 25.
# bash src/test/docs/run.sh [FOLDER]: clones into FOLDER, or a temporary one that is removed at the end
set -euo pipefail
from=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
clone=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$clone"' EXIT
java -version 2>&1 | grep -q '"25' || { echo "the java on the path is no JDK 25"; exit 1; }
git clone -q "$from" "$clone"
cd "$clone"
acme53() { java -jar target/acme53.jar "$@"; }
export -f acme53

blocks=0
for page in README.md docs/*.md; do
    while IFS= read -r -d '' block; do
        echo "== $page"
        echo "$block"
        timeout 900 bash -euo pipefail -c "$block" </dev/null >block.out 2>&1 || { cat block.out; echo "FAILED: $page"; exit 1; }
        blocks=$((blocks + 1))
    done < <(awk '/^ *```sh run *$/ { inside = 1; next } /^ *```/ && inside { inside = 0; printf "%c", 0 } inside' "$page")
done
rm -f block.out
echo "$blocks blocks ran"
