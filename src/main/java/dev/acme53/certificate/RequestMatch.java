package dev.acme53.certificate;

import dev.acme53.api.CertificateRequestSpec;
import dev.acme53.api.CertificateSpec;
import dev.acme53.api.GoDuration;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.Csr;
import dev.acme53.x509.IpAddresses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a CertificateRequest still asks for what the Certificate wants (behaviour.md §1.2.3).
final class RequestMatch {
    private RequestMatch() {}

    /// The paths of the fields that differ; empty when the request matches. Names are compared octet by octet, lists
    /// without their order, duplicates counted.
    static List<String> differences(CertificateSpec spec, CertificateRequestSpec request, Csr csr) {
        var paths = new ArrayList<String>();
        add(paths, "spec.ipAddresses", sameInAnyOrder(canonical(spec.ipAddresses()), csr.ipAddresses()));
        add(paths, "spec.uris", sameInAnyOrder(spec.uris(), csr.uris()));
        add(paths, "spec.emailAddresses", sameInAnyOrder(spec.emailAddresses(), csr.emailAddresses()));
        add(paths, "spec.dnsNames", sameInAnyOrder(spec.dnsNames(), csr.dnsNames()));
        add(
                paths,
                "spec.otherNames",
                spec.otherNames().isEmpty() || sameInAnyOrder(SpecValues.otherNames(spec), csr.otherNames()));
        if (spec.literalSubject().isEmpty()) {
            subject(spec, csr, paths);
        } else {
            add(
                    paths,
                    "spec.literalSubject",
                    CertificateSigningRequests.literalSubject(spec.literalSubject())
                            .equals(Optional.of(csr.subjectDer())));
        }
        add(paths, "spec.isCA", spec.isCA() == request.isCA());
        add(paths, "spec.usages", sameInAnyOrder(spec.usages(), request.usages()));
        add(paths, "spec.duration", sameDuration(spec.duration(), request.duration()));
        add(paths, "spec.issuerRef", spec.issuerRef().means(request.issuerRef()));
        return List.copyOf(paths);
    }

    static <T> boolean sameInAnyOrder(Collection<T> some, Collection<T> others) {
        return some.size() == others.size() && counted(some).equals(counted(others));
    }

    /// Addresses that cannot be read stay as they are, and so differ from every address of a request.
    static List<String> canonical(List<String> ipAddresses) {
        return ipAddresses.stream()
                .map(ip -> IpAddresses.canonical(ip).orElse(ip))
                .toList();
    }

    private static void subject(CertificateSpec spec, Csr csr, List<String> paths) {
        var wanted = SpecValues.subject(spec);
        var has = csr.subject();
        add(paths, "spec.commonName", wanted.commonName().equals(has.commonName()));
        add(paths, "spec.subject.serialNumber", wanted.serialNumber().equals(has.serialNumber()));
        add(paths, "spec.subject.organizations", sameInAnyOrder(wanted.organizations(), has.organizations()));
        add(paths, "spec.subject.countries", sameInAnyOrder(wanted.countries(), has.countries()));
        add(paths, "spec.subject.localities", sameInAnyOrder(wanted.localities(), has.localities()));
        add(
                paths,
                "spec.subject.organizationalUnits",
                sameInAnyOrder(wanted.organizationalUnits(), has.organizationalUnits()));
        add(paths, "spec.subject.postCodes", sameInAnyOrder(wanted.postalCodes(), has.postalCodes()));
        add(paths, "spec.subject.provinces", sameInAnyOrder(wanted.provinces(), has.provinces()));
        add(paths, "spec.subject.streetAddresses", sameInAnyOrder(wanted.streetAddresses(), has.streetAddresses()));
    }

    /// Compared only when both are set.
    private static boolean sameDuration(String one, String other) {
        return one.isEmpty()
                || other.isEmpty()
                || one.equals(other)
                || GoDuration.parse(one).equals(GoDuration.parse(other));
    }

    private static void add(List<String> paths, String path, boolean same) {
        if (!same) {
            paths.add(path);
        }
    }

    private static <T> Map<T, Integer> counted(Collection<T> elements) {
        var counts = new HashMap<T, Integer>();
        elements.forEach(e -> counts.merge(e, 1, Integer::sum));
        return counts;
    }
}
