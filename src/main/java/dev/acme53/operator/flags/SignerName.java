package dev.acme53.operator.flags;

import java.util.regex.Pattern;

/// What stands for an issuer where approval is meant: `PLURAL.GROUP/NAME`, the name `*` for all of that kind.
final class SignerName {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]+\\.[a-z0-9.-]+/(\\*|[a-z0-9.-]+)");

    private SignerName() {}

    static String checked(String text) {
        if (FORM.matcher(text).matches()) {
            return text;
        }
        throw new ValueType.Refused(
                text, "must look like issuers.cert-manager.io/* or clusterissuers.cert-manager.io/NAME");
    }
}
