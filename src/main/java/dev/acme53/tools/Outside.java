package dev.acme53.tools;

import dev.acme53.aws.SolverIdentities;
import dev.acme53.names.DnsName;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/// What tools reach by the means of the machine they run on.
public interface Outside {
    /// The cluster of a kubeconfig: the file given, else that of `KUBECONFIG`, else the user's own, else the cluster
    /// that this runs in.
    ///
    /// @throws Unusable when there is none
    KubernetesClient cluster(Optional<String> kubeconfig, Optional<String> context);

    /// Where a name leads by CNAMEs; itself when it leads nowhere.
    ///
    /// @throws Unusable when DNS does not say
    DnsName follow(DnsName name);

    /// Who solvers are to AWS, as the controller finds it out; the caller closes it.
    SolverIdentities identities(KubernetesClient client);

    /// The partition of a region.
    String partition(String region);

    /// Something has to change first; the message is one line for the user.
    final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unusable(String message) {
            super(message);
        }
    }
}
