package dev.acme53.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which objects are ours, and which belong to which.
class ServedTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: le}                                             | {name: le, kind: Issuer, group: cert-manager.io} | true
            {name: le, kind: '', group: ''}                        | {name: le}                                       | true
            {name: le, kind: ClusterIssuer}                        | {name: le}                                       | false
            {name: le}                                             | {name: other}                                    | false
            {name: le, group: example.com}                         | {name: le}                                       | false
            """)
    void referencesAreComparedWithTheirDefaults(String one, String other, boolean same) {
        var a = read(one, IssuerRef.class);
        var b = read(other, IssuerRef.class);
        assertThat(a.means(b)).isEqualTo(same);
        assertThat(b.means(a)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: le}                                  | a | true  | false
            {name: le}                                  | b | false | false
            {name: le, kind: ClusterIssuer}             | a | false | true
            {name: le, kind: ClusterIssuer}             | b | false | true
            {name: le, group: example.com}              | a | false | false
            {name: le, kind: Other}                     | a | false | false
            {name: other}                               | a | false | false
            """)
    void aReferenceMeansAnIssuerOfItsNamespaceOrAClusterIssuer(
            String text, String namespace, boolean issuer, boolean clusterIssuer) {
        var ref = read(text, IssuerRef.class);
        assertThat(ref.means(named(new Issuer(), "a", "le", "1"), namespace)).isEqualTo(issuer);
        assertThat(ref.means(named(new ClusterIssuer(), null, "le", "2"), namespace))
                .isEqualTo(clusterIssuer);
    }

    @Test
    void whatAnIssuerNamesIsInItsNamespaceAndAClusterIssuersInTheOneOfTheFlag() {
        assertThat(named(new Issuer(), "a", "le", "1").resourceNamespace("cert-manager"))
                .isEqualTo("a");
        assertThat(named(new ClusterIssuer(), null, "le", "1").resourceNamespace("cert-manager"))
                .isEqualTo("cert-manager");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DNS-01  | {dns01: {route53: {}}}                | ''             | true
            DNS-01  | {dns01: {route53: {}}}                | example.com    | false
            DNS-01  | {dns01: {cloudflare: {email: a}}}     | ''             | false
            DNS-01  | {dns01: {webhook: {}}}                | ''             | false
            DNS-01  | {dns01: {cnameStrategy: Follow}}      | ''             | false
            HTTP-01 | {http01: {ingress: {}}}               | ''             | false
            HTTP-01 | {dns01: {route53: {}}}                | ''             | false
            DNS-01  | {}                                    | ''             | false
            """)
    void onlyDns01InRoute53ForAnIssuerOfOurGroupIsServed(String type, String solver, String group, boolean served) {
        var spec = read(
                "{type: %s, solver: %s, issuerRef: {name: le, group: '%s'}}".formatted(type, solver, group),
                ChallengeSpec.class);
        assertThat(spec.isServed()).isEqualTo(served);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {acme: {}}       | acme
            {selfSigned: {}} | selfSigned
            {vault: {}}      | vault
            {}               | -
            """)
    void anIssuerSaysItsType(String spec, String type) {
        assertThat(read(spec, IssuerSpec.class).type().orElse(null)).isEqualTo(type);
    }

    @Test
    void controlIsByUidAndNotByName() {
        var owner = named(new Order(), "a", "o", "uid-1");
        var owned = named(new Challenge(), "a", "c", "uid-2");
        owned.getMetadata().getOwnerReferences().add(OwnerReferences.controlledBy(owner));
        assertThat(OwnerReferences.isControlledBy(owned, owner)).isTrue();
        assertThat(OwnerReferences.isControlledBy(owned, named(new Order(), "a", "o", "uid-3")))
                .isFalse();
        assertThat(OwnerReferences.isControlledBy(owner, owned)).isFalse();
        var reference = owned.getMetadata().getOwnerReferences().getFirst();
        assertThat(reference.getApiVersion()).isEqualTo("acme.cert-manager.io/v1");
        assertThat(reference.getKind()).isEqualTo("Order");
        assertThat(reference.getName()).isEqualTo("o");
        assertThat(reference.getController()).isTrue();
        assertThat(reference.getBlockOwnerDeletion()).isTrue();
        reference.setController(false);
        assertThat(OwnerReferences.isControlledBy(owned, owner)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "VALID, true, false",
        "READY, false, false",
        "PENDING, false, false",
        "PROCESSING, false, false",
        "INVALID, true, true",
        "EXPIRED, true, true",
        "ERRORED, true, true",
    })
    void aStateIsFinalOrNotAndAFailureOrNot(State state, boolean isFinal, boolean isFailure) {
        assertThat(state.isFinal()).isEqualTo(isFinal);
        assertThat(state.isFailure()).isEqualTo(isFailure);
    }

    @Test
    void bothFinalizersHoldAChallenge() {
        var challenge = named(new Challenge(), "a", "c", "1");
        assertThat(Finalizers.holds(challenge)).isFalse();
        challenge.addFinalizer("acme.cert-manager.io/finalizer");
        assertThat(Finalizers.holds(challenge)).isTrue();
        challenge.getMetadata().getFinalizers().clear();
        challenge.getMetadata().getFinalizers().add("finalizer.acme.cert-manager.io");
        assertThat(Finalizers.holds(challenge)).isTrue();
    }

    private static <T> T read(String yaml, Class<T> kind) {
        return Serialization.unmarshal("---\n" + yaml, kind);
    }

    private static <T extends CustomResource<?, ?>> T named(T object, String namespace, String name, String uid) {
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid)
                .build());
        return object;
    }
}
