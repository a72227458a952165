#!/bin/sh
# Starts a node in namespaces of its own and stays until it ends: start.sh FOLDER LOGS BIN DEB
# FOLDER has the node's settings and becomes its /var/lib; LOGS its /var/log; BIN the Kubernetes binaries; DEB Debian's.
# Of the environment it takes LINK, the name of the machine's end of the node's network, HOST_ADDRESS, that end's, and
# NODE_ADDRESS, the other's. SIGTERM ends the node with everything in it. Of the machine it takes that link, up, and
# cgroups below its own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export FOLDER="$1" LOGS="$2" BIN="$3" DEB="$4"
export LINK HOST_ADDRESS NODE_ADDRESS
mkdir -p "$LOGS"

# a link has one node at a time; what is left of one that was killed goes within a minute, with its last connections
tries=0
while ip link show "$LINK" >/dev/null 2>&1; do
    [ $tries -lt 90 ] || { echo "another node has the link $LINK" >&2; exit 1; }
    tries=$((tries + 1))
    sleep 1
done

groups="" node=""
finish() {
    trap '' TERM INT
    [ -z "$node" ] || kill -9 "$node" 2>/dev/null || true
    wait || true
    ip link del "$LINK" 2>/dev/null || true
    for group in $groups; do # the last of the dead take a moment to leave
        tries=0
        while [ -d "$group" ] && [ $tries -lt 50 ]; do
            find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null || true
            [ ! -d "$group" ] || sleep 0.1
            tries=$((tries + 1))
        done
    done
}
trap 'finish; exit 0' TERM INT

# what limits us limits the node: its cgroups are below ours
for line in $(cut -d: -f2,3 /proc/self/cgroup); do
    controller=${line%%:*}
    [ -n "$controller" ] || continue
    mine=/sys/fs/cgroup/${controller#name=}${line#*:}
    [ -d "$mine" ] || continue
    group=${mine%/}/acme53-node-$$
    groups="$groups $group"
    mkdir "$group"
    if [ "$controller" = cpuset ]; then # empty at first, and then nothing may run in it
        cat "${mine%/}/cpuset.cpus" >"$group/cpuset.cpus"
        cat "${mine%/}/cpuset.mems" >"$group/cpuset.mems"
    fi
    # a whole node would count as much as one thread beside it
    [ ! -f "$group/cpu.shares" ] || echo 4096 >"$group/cpu.shares"
done

# the node's link ends with its namespace; from there process 1 is out of reach of signals, hence --kill-child
(
    for group in $groups; do echo 0 >"$group/cgroup.procs"; done # 0 is the writer, whoever else may have ended
    exec unshare --net sh -c '
        nsenter --net="/proc/$PPID/ns/net" sh -c "
            ip link add $LINK type veth peer name eth0 netns $$ &&
            ip addr add $HOST_ADDRESS/30 dev $LINK && ip link set $LINK up" || exit 1
        exec unshare --mount --pid --uts --ipc --cgroup --fork --kill-child sh "$0" ' "$here/init.sh"
) &
node=$!
echo "$node" >"$FOLDER/pid"
wait "$node" || code=$?
finish
exit "${code:-0}"
