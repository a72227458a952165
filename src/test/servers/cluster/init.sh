#!/bin/sh
# Process 1 of a node: makes its view of the machine, then starts its servers. Only start.sh calls it.
set -eu
mount --make-rshared /
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
for controllers in $(cut -d: -f2 /proc/self/cgroup); do
    case $controllers in
        name=*) into=${controllers#name=} type=none,$controllers ;;
        *) into=$controllers type=$controllers ;;
    esac
    mkdir -p "/sys/fs/cgroup/$into"
    mount -t cgroup -o "$type" cgroup "/sys/fs/cgroup/$into"
done
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/netns /run/lock /run/containerd
mount --bind "$FOLDER/var" /var
mount --bind "$LOGS" /var/log

# what the kubelet wants of the whole machine, shown to it alone
wanted() {
    echo "$2" >"$FOLDER/$(echo "$1" | tr / _)"
    mount --bind "$FOLDER/$(echo "$1" | tr / _)" "/proc/sys/$1"
}
wanted vm/overcommit_memory 1
wanted vm/panic_on_oom 0
wanted kernel/panic 10
wanted kernel/panic_on_oops 1
wanted kernel/keys/root_maxkeys 1000000
wanted kernel/keys/root_maxbytes 25000000

export PATH="$BIN:$DEB/usr/sbin:$DEB/usr/bin:$DEB/sbin:$PATH"
export LD_LIBRARY_PATH="$DEB/usr/lib/$(uname -m)-linux-gnu:$DEB/lib/$(uname -m)-linux-gnu"
hostname node
ip link set lo up
ip addr add "$NODE_ADDRESS/30" dev eth0
ip link set eth0 up
ip route add default via "$HOST_ADDRESS"
echo 1 >/proc/sys/net/ipv4/ip_forward
# the machine knows the node's address, not those of its Pods
nft add table ip pods
nft add chain ip pods out '{ type nat hook postrouting priority srcnat; }'
nft add rule ip pods out ip saddr 10.244.0.0/24 oifname eth0 masquerade

serve() {
    name=$1
    shift
    "$@" >"$LOGS/$name.log" 2>&1 </dev/null &
}
cd "$FOLDER"
serve containerd containerd --config=containerd.toml
serve etcd etcd --data-dir=/var/lib/etcd --unsafe-no-fsync --log-level=warn
serve kube-apiserver kube-apiserver --etcd-servers=http://127.0.0.1:2379 \
    --secure-port=6443 --advertise-address="$NODE_ADDRESS" --allow-privileged=true \
    --tls-cert-file=server.crt --tls-private-key-file=server.key --client-ca-file=ca.crt \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-signing-key-file=accounts.key --service-account-key-file=accounts.pub \
    --service-cluster-ip-range=10.96.0.0/16 \
    --kubelet-certificate-authority=ca.crt --kubelet-preferred-address-types=InternalIP \
    --kubelet-client-certificate=kubelet-client.crt --kubelet-client-key=kubelet-client.key
until [ "$(kubectl --kubeconfig=admin.kubeconfig get --raw=/readyz 2>&1)" = ok ]; do sleep 0.2; done
serve kube-controller-manager kube-controller-manager --kubeconfig=controller-manager.kubeconfig \
    --service-account-private-key-file=accounts.key --root-ca-file=ca.crt --use-service-account-credentials=true \
    --leader-elect=false
serve kube-scheduler kube-scheduler --kubeconfig=scheduler.kubeconfig --leader-elect=false
serve kubelet kubelet --config=kubelet.yaml --kubeconfig=kubelet.kubeconfig --hostname-override=node \
    --node-ip="$NODE_ADDRESS"
serve kube-proxy kube-proxy --config=proxy.yaml
while :; do
    sleep 3600 &
    wait $! || true
done
