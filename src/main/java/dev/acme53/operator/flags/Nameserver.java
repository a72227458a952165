package dev.acme53.operator.flags;

import java.net.URI;

/// What may stand for a resolver: `host:port`, or the `https://` address of DNS over HTTPS.
final class Nameserver {
    private Nameserver() {}

    static String checked(String text) {
        if (!text.startsWith("https://")) {
            return checkedHostPort(text);
        }
        try {
            if (URI.create(text).getHost() != null) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            throw new ValueType.Refused(text, "not a URL");
        }
        throw new ValueType.Refused(text, "the URL has no host");
    }

    static String checkedHostPort(String text) {
        var refusal = new ValueType.Refused(text, "must be host:port, for example 8.8.8.8:53");
        try {
            var address = ListenAddress.parse(text);
            if (address.host().isEmpty() || address.port() == 0) {
                throw refusal;
            }
        } catch (ValueType.Refused e) {
            throw refusal;
        }
        return text;
    }
}
