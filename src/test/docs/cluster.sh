# The blocks that need a cluster, in an order in which a reader may come to them, each as it stands in its page; between
# them what a reader would do and see. `run.sh --cluster` runs this in the clone.
# cert-manager, whose image cannot be had everywhere, is played by a release of our chart that is called as cert-manager's.

mkdir -p target/home/.kube
cp "${KUBECONFIG:?}" target/home/.kube/config
export HOME=$PWD/target/home KUBECONFIG=$PWD/target/home/.kube/config CHART=helm/acme53
kinds=$(kubectl get customresourcedefinitions -o name)
[[ $kinds != *cert-manager.io* ]] || fail "the cluster has cert-manager's kinds, and would lose them"
role=arn:aws:iam::111122223333:role/cert-manager

of_page=() texts=() used=()
for page in $(pages .); do
    while IFS= read -r -d '' block; do
        case ${block%%$'\n'*} in needs=cluster | needs=cert-manager) ;; *) continue ;; esac
        of_page+=("$page") texts+=("${block#*$'\n'}") used+=("")
    done < <(blocks "$page")
done

# PAGE START [early]: makes `text` the first block of the page that begins so and was not run yet; `early`, it is run once more
take() {
    local i
    for i in "${!texts[@]}"; do
        [[ ${of_page[i]} = "$1" && $(sed 's/^ *//;q' <<<"${texts[i]}") = "$2"* && -z ${used[i]} ]] || continue
        text=${texts[i]}
        [ -n "${3-}" ] || used[i]=yes
        return
    done
    fail "$1 has no block left that begins with $2"
}
# the block is run and ends with 0, or with a code of a pattern
block() { ends_with 0 "$@"; }
ends_with() {
    take "${@:2}"
    attempt "$1" 300 "$2" "$text"
}
# a block that goes on for ever is run until a condition holds
block_until() {
    take "$2" "$3"
    echo "== $2"
    echo "$text"
    setsid bash -euo pipefail -c "$text" </dev/null >block.out 2>&1 &
    local process=$! left=240
    until "$1"; do
        sleep 0.5
        left=$((left - 1))
        [ $left -gt 0 ] || { kill -- "-$process" || true; cat block.out; fail "$2: no $1"; }
    done
    kill -- "-$process"
    wait "$process" || true
    ran=$((ran + 1))
}
# the block that was run last printed a line of the pattern
says() { grep -q -e "$1" block.out || { cat block.out; fail "it does not say: $1"; }; }

rolled_out() { kubectl -n cert-manager rollout status deployment/acme53 --timeout=120s; }
# whoever has the Lease, and nothing when it was given back; fails when there is none
holder() { kubectl get lease cert-manager-controller -n kube-system -o 'jsonpath={.spec.holderIdentity}'; }
held() {
    local left=120
    until [[ $(holder) = acme53-* ]]; do
        sleep 0.5
        left=$((left - 1))
        [ $left -gt 0 ] || fail "nobody has the Lease"
    done
}
uninstalled() { helm uninstall acme53 -n cert-manager --wait; }
nothing_left() {
    kubectl delete namespace cert-manager
    kubectl delete -f crds/
}
status_page() (
    exec 2>/dev/null 3<>/dev/tcp/127.0.0.1/9404
    printf 'GET / HTTP/1.1\r\nHost: localhost:9404\r\nConnection: close\r\n\r\n' >&3
    [[ $(timeout 5 head -1 <&3) = *" 200"* ]]
)
image() { kubectl get deployment acme53 -n cert-manager -o 'jsonpath={.spec.template.spec.containers[0].image}'; }
certificate_is_shown() { grep -q letsencrypt block.out && grep -q www-tls block.out; }
cert_manager() {
    helm install cert-manager helm/acme53 -n cert-manager --create-namespace --take-ownership \
        --set crds.enabled=true --set image.repository=registry.example.com/acme53 "$@"
}

# without an image, beside the cluster
block_until status_page README.md 'mvn -q -DskipTests package'
nothing_left

# the manifests, without Helm
block README.md 'kubectl apply --server-side -f crds/'
rolled_out
held
# another rollout to undo, and the checkout once more in place of a newer one
kubectl -n cert-manager rollout restart deployment/acme53
rolled_out
block docs/upgrade.md 'kubectl rollout undo'
rolled_out
block docs/upgrade.md 'kubectl apply --server-side -f crds/'
held
block docs/operations.md 'kubectl delete -f deploy/deployment.yaml'
given_back=$(holder)
[ -z "$given_back" ]
[ "$(kubectl get -k deploy/ --ignore-not-found -o name)" = namespace/cert-manager ]
nothing_left

# the README's installation, operated as the pages say
block README.md 'helm install'
rolled_out
block_until status_page README.md 'kubectl -n cert-manager port-forward'
block_until status_page docs/status-page.md kubectl
block_until status_page docs/operations.md 'kubectl port-forward'
block docs/operations.md 'helm upgrade'
says cert-manager-controller
rolled_out
block docs/operations.md 'kubectl logs'
says 'acme53 starts'
block docs/route53.md 'kubectl -n cert-manager rollout restart'
rolled_out
before=$(image)
block docs/upgrade.md 'TAG='
says superseded
says 'Rollback was a success'
[ "$(image)" = "$before" ]
rolled_out
# and the build of this commit runs by its own tag
helm rollback acme53 -n cert-manager
[ "$(image)" = "registry.example.com/acme53:$(git describe --always --abbrev=12)" ]
rolled_out
uninstalled

# on EKS and elsewhere, to the first certificate; the CA is not there to answer, so it comes as far as the objects
block docs/quick-start.md 'helm install'
rolled_out
[[ $(kubectl get serviceaccount cert-manager -n cert-manager -o yaml) = *"role-arn: arn:aws:iam::111122223333:role/acme53"* ]]
uninstalled
block docs/quick-start.md 'helm install'
rolled_out
uninstalled
block docs/quick-start.md 'helm install'
rolled_out
helm upgrade acme53 helm/acme53 -n cert-manager --reuse-values --set global.logFormat=json --wait
awk '/^```yaml$/ { yaml = ""; inside = 1; next } /^```$/ { inside = 0 } inside { yaml = yaml $0 "\n" } END { printf "%s", yaml }' \
    docs/quick-start.md | kubectl apply -f -
kubectl wait --for=condition=Issuing certificate/www --timeout=60s
block_until certificate_is_shown docs/quick-start.md 'kubectl get clusterissuer'
block docs/operations.md 'kubectl get secrets -A'
grep -q '"name": "letsencrypt"' acme53-objects.json && grep -q '"name": "www"' acme53-objects.json
take docs/operations.md 'kubectl apply --server-side' # RestoreIT does that, on another cluster
block docs/flags.md kubectl
says '"resource_name":"www"'
block docs/troubleshooting.md 'kubectl describe certificate'
says Issuing
block docs/troubleshooting.md 'kubectl get challenges'
block docs/troubleshooting.md 'kubectl get events'
block docs/troubleshooting.md 'kubectl get certificates -A'
says EXPIRES
# where neither AWS nor credentials of the Pod are at hand, it says so
ends_with '[01]' docs/route53.md 'kubectl exec'
says 'ClusterIssuer letsencrypt'
kubectl create namespace team-a
kubectl apply -f - <<'YAML'
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: {name: letsencrypt, namespace: team-a}
spec:
  acme:
    server: https://acme-v02.api.letsencrypt.org/directory
    privateKeySecretRef: {name: letsencrypt-account}
    solvers: [{dns01: {route53: {}}}]
YAML
ends_with 1 docs/route53.md 'acme53 whoami'
says 'Issuer team-a/letsencrypt'
uninstalled

# over in one go, and back
cert_manager --set crds.keep=false --set "serviceAccount.annotations.eks\.amazonaws\.com/role-arn=$role"
ends_with '[02]' docs/migration.md 'java -jar target/acme53.jar takeover --check'
ends_with 0 docs/migration.md 'kept=' early
says 'not removed: 0 of 6'
block docs/migration.md 'VERSION='
block docs/migration.md 'kept='
says uninstalled
kubectl get customresourcedefinition certificates.cert-manager.io
block docs/migration.md 'kubectl get validatingwebhookconfigurations'
says none
block docs/migration.md 'helm install acme53 helm/acme53 -n cert-manager --take-ownership'
[[ $(kubectl get serviceaccount cert-manager -n cert-manager -o yaml) = *"$role"* ]]
rolled_out
ends_with 2 docs/migration.md 'java -jar target/acme53.jar takeover --check --back'
says 'helm uninstall'
block docs/migration.md 'helm uninstall acme53 -n cert-manager'

# beside it
cert_manager --set 'extraArgs={--v=3}'
block docs/migration.md 'helm get values'
[[ $(kubectl get deployment cert-manager-acme53 -n cert-manager -o yaml) = *"- --v=3"*"- --controllers=*,-challenges"* ]]
rolled_out
block docs/migration.md 'helm get values'
arguments=$(kubectl get deployment cert-manager-acme53 -n cert-manager -o yaml)
[[ $arguments = *"- --v=3"* && $arguments != *--controllers=* ]]
helm uninstall cert-manager -n cert-manager --wait

# the chart's own README
nothing_left
block helm/acme53/README.md 'helm install'
rolled_out
uninstalled
cert_manager
block helm/acme53/README.md 'helm get manifest'
says '^6$'
block helm/acme53/README.md 'helm uninstall cert-manager'
block helm/acme53/README.md 'helm install'
rolled_out
block helm/acme53/README.md 'helm uninstall acme53'

for i in "${!texts[@]}"; do
    [ -n "${used[i]}" ] || fail "${of_page[i]} has a block that nobody ran: ${texts[i]}"
done
