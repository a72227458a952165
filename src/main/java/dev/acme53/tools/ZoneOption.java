package dev.acme53.tools;

import dev.acme53.names.DnsName;
import java.util.Optional;
import java.util.regex.Pattern;

/// A hosted zone given by hand: its name, its id, or both.
///
/// @param id empty: it is looked up
record ZoneOption(Optional<DnsName> name, String id) {
    private static final Pattern ID = Pattern.compile("(?:/?hostedzone/)?(Z[A-Z0-9]{1,31})");

    /// The zone that `Z…`, `example.com` or `example.com=Z…` writes.
    static Optional<ZoneOption> parse(String text) {
        var equals = text.indexOf('=');
        var id = ID.matcher(text.substring(equals + 1));
        if (id.matches()) {
            var name = equals < 0 ? Optional.<DnsName>empty() : DnsName.parse(text.substring(0, equals));
            return equals >= 0 && name.isEmpty() ? Optional.empty() : Optional.of(new ZoneOption(name, id.group(1)));
        }
        return equals >= 0 ? Optional.empty() : DnsName.parse(text).map(name -> new ZoneOption(Optional.of(name), ""));
    }
}
