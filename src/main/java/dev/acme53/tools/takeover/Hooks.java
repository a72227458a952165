package dev.acme53.tools.takeover;

import dev.acme53.tools.takeover.Picture.Hook;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ServiceReference;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The webhook configurations of a cluster that cert-manager has a part in.
final class Hooks {
    private static final List<String> GROUPS = List.of("cert-manager.io", "acme.cert-manager.io");

    /// One webhook of a configuration.
    private record Webhook(
            List<RuleWithOperations> rules,
            @Nullable String failurePolicy,
            @Nullable WebhookClientConfig caller) {
        boolean asksAboutOurKinds() {
            return rules.stream().flatMap(rule -> rule.getApiGroups().stream()).anyMatch(GROUPS::contains);
        }

        /// Unless told otherwise.
        boolean fails() {
            return !"Ignore".equals(failurePolicy);
        }

        Optional<ServiceReference> service() {
            return Optional.ofNullable(caller).map(WebhookClientConfig::getService);
        }
    }

    private final KubernetesClient client;
    private final Reading reading;

    Hooks(KubernetesClient client, Reading reading) {
        this.client = client;
        this.reading = reading;
    }

    List<Hook> all() {
        var admission = client.admissionRegistration().v1();
        var found = new ArrayList<Hook>();
        reading.all(
                        "list validatingwebhookconfigurations.admissionregistration.k8s.io",
                        admission.validatingWebhookConfigurations())
                .forEach(each -> hook(
                                each,
                                each.getWebhooks().stream()
                                        .map(w -> new Webhook(w.getRules(), w.getFailurePolicy(), w.getClientConfig())))
                        .ifPresent(found::add));
        reading.all(
                        "list mutatingwebhookconfigurations.admissionregistration.k8s.io",
                        admission.mutatingWebhookConfigurations())
                .forEach(each -> hook(
                                each,
                                each.getWebhooks().stream()
                                        .map(w -> new Webhook(w.getRules(), w.getFailurePolicy(), w.getClientConfig())))
                        .ifPresent(found::add));
        reading.all("list apiservices.apiregistration.k8s.io", client.apiServices())
                .forEach(each -> hook(each, Stream.of()).ifPresent(found::add));
        return found;
    }

    private Optional<Hook> hook(HasMetadata configuration, Stream<Webhook> webhooks) {
        var ours = webhooks.filter(Webhook::asksAboutOurKinds).toList();
        var annotations = configuration.getMetadata().getAnnotations();
        var isInjected = annotations != null
                && annotations.keySet().stream().anyMatch(key -> key.startsWith("cert-manager.io/inject-"));
        if (ours.isEmpty() && !isInjected) {
            return Optional.empty();
        }
        var service = ours.stream().flatMap(w -> w.service().stream()).findFirst();
        return Optional.of(new Hook(
                configuration.getKind(),
                configuration.getMetadata().getName(),
                !ours.isEmpty(),
                ours.stream().anyMatch(Webhook::fails),
                service.map(s -> "Service " + s.getNamespace() + "/" + s.getName()),
                service.filter(this::isThere).isPresent(),
                isInjected));
    }

    private boolean isThere(ServiceReference service) {
        return reading.one(
                        "get services in namespace " + service.getNamespace(),
                        () -> client.services()
                                .inNamespace(service.getNamespace())
                                .withName(service.getName())
                                .get())
                .isPresent();
    }
}
