package dev.acme53.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Issuer;
import dev.acme53.api.Order;
import dev.acme53.operator.flags.Settings;
import dev.acme53.operator.network.Network;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The one client of the API server.
final class ApiServerClient {
    private static final String TRY_KUBECONFIG = Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY;

    private static final List<Class<? extends KubernetesResource>> KINDS = List.of(
            Certificate.class,
            CertificateRequest.class,
            Issuer.class,
            ClusterIssuer.class,
            Order.class,
            Challenge.class,
            Secret.class,
            Lease.class,
            Status.class);

    private ApiServerClient() {}

    /// A client by the kubeconfig file, else by `--master` alone, else as the Pod's service account. Kubeconfigs
    /// of the environment or the home folder are not looked for: a controller must not act on a cluster that
    /// nobody named.
    ///
    /// Reading takes fields it does not know, for newer CRDs may have some.
    ///
    /// @throws ControllerRun.CannotStart when none of the three is there
    static KubernetesClient connect(Settings.ApiServer settings, Map<String, String> environment, Network network) {
        // not through a builder: the Config remembers its file, to read tokens again when they are replaced
        var config = configured(settings, environment);
        settings.master().ifPresent(config::setMasterUrl);
        return client(config, network, _ -> {});
    }

    /// A client by a configuration that says where the API server is.
    ///
    /// @param more to be set
    static KubernetesClient client(Config config, Network network, Consumer<HttpClient.Builder> more) {
        config.setUserAgent(Version.userAgent());
        var ownProxy = takeOwnProxy(config);
        var route = network.toApiServer(URI.create(config.getMasterUrl()));
        var factory = new ApiServerHttp();
        var tokens = new TokenRefresh(config, factory, InstantSource.system());
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(lenient())
                .withHttpClientFactory(factory)
                .withHttpClientBuilderConsumer(http -> {
                    route.applyTo(http, config, ownProxy);
                    http.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, tokens);
                    http.addOrReplaceInterceptor("log", new RequestLog());
                    more.accept(http);
                })
                .build();
    }

    /// The same connections without repetitions, which may take half a minute: for callers that ask again
    /// themselves, or have no time.
    static KubernetesClient impatient(KubernetesClient client) {
        var once = new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(5_000)
                .build();
        return client.newClient(once).adapt(KubernetesClient.class);
    }

    /// Whether the kubeconfig names a proxy (`proxy-url`). What fabric8 found elsewhere goes: it reads the variables by
    /// other rules than ours.
    private static boolean takeOwnProxy(Config config) {
        if (config.getFile() != null && (config.getHttpProxy() != null || config.getHttpsProxy() != null)) {
            return true;
        }
        config.setHttpProxy(null);
        config.setHttpsProxy(null);
        return false;
    }

    private static Config configured(Settings.ApiServer settings, Map<String, String> environment) {
        var file = settings.kubeconfig();
        if (file.isPresent()) {
            if (!Files.isReadable(Path.of(file.get()))) {
                throw new ControllerRun.CannotStart("--kubeconfig=" + file.get() + ": no such file, or not readable");
            }
            try {
                return Config.fromKubeconfig(Path.of(file.get()).toFile());
            } catch (KubernetesClientException | IllegalArgumentException e) {
                throw new ControllerRun.CannotStart("--kubeconfig=" + file.get() + ": not a kubeconfig");
            }
        }
        if (environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            System.setProperty(TRY_KUBECONFIG, "false");
            return Config.autoConfigure(null);
        }
        if (settings.master().isPresent()) {
            return Config.empty();
        }
        throw new ControllerRun.CannotStart(
                "--kubeconfig is needed outside a cluster: this is no Pod with a service account");
    }

    /// Reading that knows our kinds, and of Kubernetes' own those whose objects come without being asked for by
    /// class: in watches, and as answers to deletions. Of a kind that is not known, each watched object is made
    /// into a generic one and converted; to know all of Kubernetes' is to load some 800 classes.
    ///
    /// The `managedFields` of our kinds, which are half of them, are passed over: nothing looks at them.
    ///
    /// The constructor of KubernetesSerialization sets the mapper up, strictness included: so afterwards.
    static KubernetesSerialization lenient() {
        var mapper = new ObjectMapper();
        var serialization = new KubernetesSerialization(mapper, false);
        mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        mapper.addMixIn(CustomResource.class, WithoutManagedFields.class);
        KINDS.forEach(serialization::registerKubernetesResource);
        return serialization;
    }

    /// Read by Jackson alone.
    interface WithoutManagedFields {
        @JsonIgnoreProperties("managedFields")
        void setMetadata(ObjectMeta metadata);
    }
}
