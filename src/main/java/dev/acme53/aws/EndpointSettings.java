package dev.acme53.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The settings of the environment and the selected profile that say where AWS is.
final class EndpointSettings {
    private final Map<String, String> environment;
    private final SharedFiles files;

    EndpointSettings(Map<String, String> environment, SharedFiles files) {
        this.environment = environment;
        this.files = files;
    }

    /// @throws MalformedSetting when it is set to something else than true or false: half a wish for FIPS is not passed
    /// over
    boolean flag(String variable, String property) {
        var own = variable(variable);
        var text = own.isEmpty() ? files.setting(property).orElse("") : own;
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false", "" -> false;
            default ->
                throw new MalformedSetting(
                        (own.isEmpty() ? property + " of the profile" : variable) + " is neither true nor false");
        };
    }

    /// What takes the place of a service's endpoint: its own variable, the general one, the profile's `services`
    /// section, the profile's general one.
    /// @param service as in the variable's name: `ROUTE_53`, `STS`
    /// @throws MalformedSetting when it is no URL
    Optional<URI> url(String service) {
        return Stream.of(
                        named("AWS_ENDPOINT_URL_" + service),
                        named("AWS_ENDPOINT_URL"),
                        files.serviceEndpoint(service.toLowerCase(Locale.ROOT))
                                .map(url -> new Setting("endpoint_url of the profile's services", url)),
                        files.setting("endpoint_url").map(url -> new Setting("endpoint_url of the profile", url)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(EndpointSettings::parsed);
    }

    private Optional<Setting> named(String variable) {
        var text = variable(variable);
        return text.isEmpty() ? Optional.empty() : Optional.of(new Setting(variable, text));
    }

    private static URI parsed(Setting setting) {
        try {
            var uri = new URI(setting.value);
            var scheme = String.valueOf(uri.getScheme());
            if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // said below
        }
        throw new MalformedSetting(setting.name + " is not the URL of an endpoint, such as https://sts.example.com");
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    private record Setting(String name, String value) {}
}
