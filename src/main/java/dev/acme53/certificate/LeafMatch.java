package dev.acme53.certificate;

import dev.acme53.api.CertificateSpec;
import dev.acme53.x509.Leaf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether a certificate is roughly what the Certificate wants, for when its request is gone (behaviour.md §1.2.4).
final class LeafMatch {
    private LeafMatch() {}

    /// The paths of the fields that differ. DNS names and common name are one set on either side, since CAs move names
    /// between the two; subject, usages and duration are not looked at.
    static List<String> differences(CertificateSpec spec, Leaf leaf) {
        var paths = new ArrayList<String>();
        var wanted = names(spec.dnsNames(), spec.commonName());
        var has = names(leaf.dnsNames(), leaf.commonName());
        if (!wanted.equals(has)) {
            if (!spec.commonName().isEmpty() && !has.contains(spec.commonName())) {
                paths.add("spec.commonName");
            }
            if (!has.containsAll(spec.dnsNames()) || !wanted.containsAll(has)) {
                paths.add("spec.dnsNames");
            }
        }
        if (!RequestMatch.sameInAnyOrder(RequestMatch.canonical(spec.ipAddresses()), leaf.ipAddresses())) {
            paths.add("spec.ipAddresses");
        }
        if (!RequestMatch.sameInAnyOrder(spec.uris(), leaf.uris())) {
            paths.add("spec.uris");
        }
        if (!RequestMatch.sameInAnyOrder(spec.emailAddresses(), leaf.emailAddresses())) {
            paths.add("spec.emailAddresses");
        }
        return List.copyOf(paths);
    }

    private static Set<String> names(List<String> dnsNames, String commonName) {
        var names = new HashSet<>(dnsNames);
        if (!commonName.isEmpty()) {
            names.add(commonName);
        }
        return names;
    }
}
