package dev.acme53.tools.takeover;

import dev.acme53.tools.takeover.Picture.TokenGrant;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who may ask for tokens of ServiceAccounts.
final class Grants {
    /// That may `create` all that there is: of administrators, and of no interest here.
    private static final String EVERYTHING = "*";

    private final KubernetesClient client;
    private final Reading reading;
    /// The ServiceAccounts that a role gives tokens of, by the role's kind, namespace and name; empty: of all.
    private final Map<String, List<String>> roles = new HashMap<>();

    Grants(KubernetesClient client, Reading reading) {
        this.client = client;
        this.reading = reading;
    }

    List<TokenGrant> all() {
        var rbac = client.rbac();
        reading.all("list roles.rbac.authorization.k8s.io", rbac.roles().inAnyNamespace())
                .forEach(role -> role(role, role.getRules()));
        reading.all("list clusterroles.rbac.authorization.k8s.io", rbac.clusterRoles())
                .forEach(role -> role(role, role.getRules()));
        var grants = new ArrayList<TokenGrant>();
        reading.all(
                        "list rolebindings.rbac.authorization.k8s.io",
                        rbac.roleBindings().inAnyNamespace())
                .forEach(binding -> grant(grants, binding, binding.getRoleRef(), binding.getSubjects()));
        reading.all("list clusterrolebindings.rbac.authorization.k8s.io", rbac.clusterRoleBindings())
                .forEach(binding -> grant(grants, binding, binding.getRoleRef(), binding.getSubjects()));
        return grants;
    }

    private void role(HasMetadata role, List<PolicyRule> rules) {
        rules.stream()
                .filter(rule -> rule.getResources().contains("serviceaccounts/token")
                        && (rule.getVerbs().contains("create")
                                || rule.getVerbs().contains(EVERYTHING)))
                .forEach(rule -> roles.merge(
                        key(
                                role.getKind(),
                                role.getMetadata().getNamespace(),
                                role.getMetadata().getName()),
                        rule.getResourceNames(),
                        Grants::either));
    }

    private static List<String> either(List<String> some, List<String> more) {
        if (some.isEmpty() || more.isEmpty()) {
            return List.of();
        }
        var both = new ArrayList<>(some);
        both.addAll(more);
        return both;
    }

    private static String key(String kind, @Nullable String namespace, String name) {
        return kind + " " + Objects.requireNonNullElse(namespace, "") + "/" + name;
    }

    private void grant(List<TokenGrant> grants, HasMetadata binding, RoleRef role, List<Subject> subjects) {
        var namespace = Objects.requireNonNullElse(binding.getMetadata().getNamespace(), "");
        var accounts = roles.get(key(role.getKind(), role.getKind().equals("Role") ? namespace : "", role.getName()));
        if (accounts != null) {
            grants.add(new TokenGrant(
                    binding.getKind(),
                    namespace,
                    binding.getMetadata().getName(),
                    accounts,
                    names(subjects, namespace)));
        }
    }

    /// As the API server knows them.
    private static Set<String> names(List<Subject> subjects, String namespace) {
        return subjects.stream()
                .map(subject -> subject.getKind().equals("ServiceAccount")
                        ? "system:serviceaccount:"
                                + Objects.requireNonNullElse(subject.getNamespace(), namespace) + ":"
                                + subject.getName()
                        : subject.getName())
                .collect(Collectors.toUnmodifiableSet());
    }
}
