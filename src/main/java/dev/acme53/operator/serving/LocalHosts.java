package dev.acme53.operator.serving;

import dev.acme53.operator.flags.ListenAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which values of the header `Host` a page for this machine's people is answered to: loopback names and addresses, and
/// what the listener was given. A page of somebody else's, whose name was made to resolve to this machine (DNS
/// rebinding), sends its own name.
record LocalHosts(String configured) {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    static LocalHosts of(ListenAddress address) {
        var host = address.host().toLowerCase(Locale.ROOT);
        return new LocalHosts(host.contains(":") ? "[" + host + "]" : host);
    }

    boolean includes(String header) {
        var parts = FORM.matcher(header.toLowerCase(Locale.ROOT));
        return parts.matches()
                && (LOOPBACK.matcher(parts.group(1)).matches() || parts.group(1).equals(configured));
    }
}
