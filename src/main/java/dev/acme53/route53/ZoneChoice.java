package dev.acme53.route53;

/// The hosted zone for a name, or why there is none.
public sealed interface ZoneChoice {
    /// This zone.
    /// @param zoneId without `/hostedzone/`
    record Found(String zoneId) implements ZoneChoice {}

    record Failed(Route53Failure failure) implements ZoneChoice {}
}
