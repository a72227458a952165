package dev.acme53.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/// Where one Lease is kept: of two writes from the same version, one succeeds. Each call may throw a
/// [KubernetesClientException] when the API server does not answer or refuses.
interface LeaseStore {
    /// Empty when there is none.
    Optional<Lease> read();

    /// Empty when there is one already.
    Optional<Lease> create(Lease lease);

    /// Empty when it is gone, or no longer of the version given.
    Optional<Lease> replace(Lease lease);

    /// In the cluster.
    record InCluster(KubernetesClient client, String namespace, String name) implements LeaseStore {
        private static final String FIELD_MANAGER = "?fieldManager=cert-manager-leader-election";

        @Override
        public Optional<Lease> read() {
            return Optional.ofNullable(
                    client.leases().inNamespace(namespace).withName(name).get());
        }

        @Override
        public Optional<Lease> create(Lease lease) {
            return write("POST", "", lease, List.of(HttpURLConnection.HTTP_CONFLICT));
        }

        @Override
        public Optional<Lease> replace(Lease lease) {
            return write(
                    "PUT",
                    "/" + name,
                    lease,
                    List.of(HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND));
        }

        private Optional<Lease> write(String method, String rest, Lease lease, List<Integer> outrun) {
            var path = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases" + rest + FIELD_MANAGER;
            try {
                var stored = client.raw(path, method, lease);
                return Optional.of(client.getKubernetesSerialization().unmarshal(stored, Lease.class));
            } catch (KubernetesClientException e) {
                if (outrun.contains(e.getCode())) {
                    return Optional.empty();
                }
                throw e;
            }
        }
    }
}
