package dev.acme53.request;

import static dev.acme53.request.ARequest.acme;
import static dev.acme53.request.ARequest.approved;
import static dev.acme53.request.ARequest.challenge;
import static dev.acme53.request.ARequest.condition;
import static dev.acme53.request.ARequest.csr;
import static dev.acme53.request.ARequest.issuer;
import static dev.acme53.request.ARequest.issuerOfType;
import static dev.acme53.request.ARequest.order;
import static dev.acme53.request.ARequest.ready;
import static dev.acme53.request.ARequest.readyIssuer;
import static dev.acme53.request.ARequest.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Bytes;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.Challenge;
import dev.acme53.api.Condition;
import dev.acme53.api.Condition.Status;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.Order;
import dev.acme53.api.State;
import dev.acme53.request.RequestStep.AwaitApproval;
import dev.acme53.request.RequestStep.AwaitDeletion;
import dev.acme53.request.RequestStep.Collect;
import dev.acme53.request.RequestStep.CreateOrder;
import dev.acme53.request.RequestStep.Deny;
import dev.acme53.request.RequestStep.Fail;
import dev.acme53.request.RequestStep.NotServed;
import dev.acme53.request.RequestStep.Pend;
import dev.acme53.request.RequestStep.Rest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// behaviour.md §2.1 to §2.3, a row for each of theirs.
class RequestDecisionTest {
    private static final Condition DENIED = condition("Denied", Status.TRUE, "policy", "");
    private static final Condition INVALID = condition("InvalidRequest", Status.TRUE, "bad", "");
    private static final Condition PENDING = ready(Status.FALSE, "Pending", "waiting");
    private static final Condition FAILED = ready(Status.FALSE, "Failed", "");
    private static final Condition ISSUED = ready(Status.TRUE, "Issued", "");
    private static final Condition REFUSED = ready(Status.FALSE, "Denied", "");

    @ParameterizedTest(name = "{0}")
    @MethodSource("approvals")
    void theApproverApproves(String row, CertificateRequest request, boolean approves) {
        assertThat(RequestDecision.isToApprove(request)).isEqualTo(approves);
    }

    static Stream<Arguments> approvals() {
        var others = spec(new IssuerRef("x", "Other", "example.org"), csr("", "example.com"));
        return Stream.of(
                Arguments.of("a new one", ARequest.with(), true),
                Arguments.of("a pending one", ARequest.with(PENDING), true),
                Arguments.of("that of another group", ARequest.with(others), true),
                Arguments.of("not an approved one", ARequest.with(approved()), false),
                Arguments.of("not a denied one", ARequest.with(DENIED), false),
                Arguments.of("not a failed one", ARequest.with(FAILED), false),
                Arguments.of("not an issued one", ARequest.with(ISSUED), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theNextStepIs(String row, RequestPicture picture, RequestStep step) {
        assertThat(RequestDecision.next(picture)).isEqualTo(step);
    }

    static Stream<Arguments> rows() {
        var le = readyIssuer();
        var other =
                ARequest.with(spec(new IssuerRef("le", "ClusterIssuer", "example.org"), csr("", "a.b")), approved());
        var noGroup = ARequest.with(spec(new IssuerRef("le", "ClusterIssuer", ""), csr("", "a.b")), approved());
        var withCertificate = ARequest.with(approved());
        withCertificate.setStatus(withCertificate.statusOrEmpty().withCertificate(Bytes.ofText("chain")));
        var pending = order("o", State.PENDING, "");
        var invalid = order("o", State.INVALID, "o-1: no TXT record");
        var good = order("o", State.VALID, "");
        good.setStatus(good.statusOrEmpty().withCertificate(Bytes.ofText("…")));
        var going = order("o", State.INVALID, "");
        going.getMetadata().setDeletionTimestamp("2026-03-01T12:00:00Z");
        return Stream.of(
                row("1: another group is ignored", picture(other, le), new Rest()),
                row(
                        "1: an empty group is ours",
                        picture(noGroup, null),
                        new Pend(
                                "IssuerNotFound",
                                "Referenced ClusterIssuer \"le\" does not exist: create it, or change issuerRef")),
                row("2: denied", picture(ARequest.with(DENIED), le), new Deny()),
                row("2 comes before 3 and 5", picture(ARequest.with(DENIED, INVALID, FAILED), le), new Deny()),
                row("3: invalid", picture(ARequest.with(approved(), INVALID), le), new Rest()),
                row("4: not approved", picture(ARequest.with(), le), new AwaitApproval()),
                row("4: not approved but pending", picture(ARequest.with(PENDING), le), new AwaitApproval()),
                row("5: failed", picture(ARequest.with(approved(), FAILED), le), new Rest()),
                row("5: issued", picture(ARequest.with(approved(), ISSUED), le), new Rest()),
                row("5: failed without approval", picture(ARequest.with(FAILED), le), new Rest()),
                row(
                        "5: the reason Denied alone is not an end",
                        picture(ARequest.with(REFUSED), le),
                        new AwaitApproval()),
                row(
                        "6: no issuer",
                        picture(ARequest.with(approved()), null),
                        new Pend(
                                "IssuerNotFound",
                                "Referenced ClusterIssuer \"le\" does not exist: create it, or change issuerRef")),
                row(
                        "6: no such kind",
                        picture(
                                ARequest.with(spec(new IssuerRef("le", "Isuer", null), csr("", "a.b")), approved()),
                                null),
                        new Pend(
                                "IssuerNotFound",
                                "issuerRef.kind \"Isuer\" is neither Issuer nor ClusterIssuer: change it, or set issuerRef.group")),
                row(
                        "7: no type",
                        picture(ARequest.with(approved()), issuer((AcmeIssuer) null)),
                        new Pend("IssuerTypeMissing", "ClusterIssuer \"le\" has no type: give it spec.acme")),
                row(
                        "7: another type",
                        picture(ARequest.with(approved()), issuerOfType("vault")),
                        new NotServed("vault")),
                row(
                        "7: not ready",
                        picture(ARequest.with(approved()), issuer(acme("", false))),
                        new Pend(
                                "IssuerNotReady",
                                "Referenced ClusterIssuer \"le\" is not ready: its Ready condition says why")),
                row(
                        "7: not ready, and why",
                        picture(
                                ARequest.with(approved()),
                                issuer(acme("", false), ready(Status.FALSE, "ErrRegisterACMEAccount", "long text"))),
                        new Pend(
                                "IssuerNotReady",
                                "Referenced ClusterIssuer \"le\" is not ready (ErrRegisterACMEAccount): its Ready condition says why")),
                row("8: has a certificate", picture(withCertificate, le), new Rest()),
                row(
                        "9: the Order is under way",
                        picture(ARequest.with(approved()), le, pending),
                        new Pend("OrderPending", "Waiting on certificate issuance from order team/o: \"pending\"")),
                row(
                        "9: an Order without state",
                        picture(ARequest.with(approved()), le, order("o", null, "")),
                        new Pend("OrderPending", "Waiting on certificate issuance from order team/o: \"pending\"")),
                row(
                        "9: valid without certificate",
                        picture(ARequest.with(approved()), le, order("o", State.VALID, "")),
                        new Pend("OrderPending", "Waiting on certificate issuance from order team/o: \"valid\"")),
                row(
                        "9: failed",
                        picture(ARequest.with(approved()), le, invalid),
                        new Fail("OrderFailed", "Order o is invalid: o-1: no TXT record")),
                row(
                        "9: failed without reason",
                        picture(ARequest.with(approved()), le, order("o", State.EXPIRED, "")),
                        new Fail("OrderFailed", "Order o is expired")),
                row("9: has a certificate", picture(ARequest.with(approved()), le, good), new Collect(good)),
                row("9: being deleted", picture(ARequest.with(approved()), le, going), new AwaitDeletion()),
                row(
                        "9: of two Orders the one that can still succeed",
                        picture(ARequest.with(approved()), le, invalid, order("p", State.READY, "")),
                        new Pend("OrderPending", "Waiting on certificate issuance from order team/p: \"ready\"")));
    }

    @Test
    void anOrderIsCreatedOnlyWhenThereIsNone() {
        var request = ARequest.with(approved());
        assertThat(RequestDecision.next(picture(request, readyIssuer()))).isInstanceOf(CreateOrder.class);
        // the peer's Order for the same request may have another name
        assertThat(RequestDecision.next(picture(request, readyIssuer(), order("peers-name", State.PENDING, ""))))
                .isInstanceOf(Pend.class);
    }

    @Test
    void aRequestThatCannotBecomeAnOrderFails() {
        var unreadable = ARequest.with(spec(ARequest.ISSUER, Bytes.ofText("no PEM")), approved());
        assertThat(RequestDecision.next(picture(unreadable, readyIssuer())))
                .isEqualTo(new Fail(
                        "RequestParsingError",
                        "spec.request cannot be used: no PEM block found; make a new CertificateRequest with a PEM encoded"
                                + " PKCS#10 request"));
    }

    @Test
    void theMessageEndsInTheNameAndReasonOfTheChallengeThatHoldsThingsUp() {
        var picture = picture(
                ARequest.with(approved()),
                List.of(challenge("o-2", State.PENDING, "waiting for DNS")),
                order("o", State.PENDING, "other"));
        assertThat(RequestDecision.next(picture))
                .isEqualTo(new Pend(
                        "OrderPending",
                        "Waiting on certificate issuance from order team/o: \"pending\"; o-2: waiting for DNS"));
    }

    private static RequestPicture picture(CertificateRequest request, @Nullable AnyIssuer issuer, Order... orders) {
        return new RequestPicture(request, Optional.ofNullable(issuer), List.of(orders), List.of());
    }

    private static RequestPicture picture(CertificateRequest request, List<Challenge> challenges, Order order) {
        return new RequestPicture(request, Optional.of(readyIssuer()), List.of(order), challenges);
    }

    private static Arguments row(String row, RequestPicture picture, RequestStep step) {
        return Arguments.of(row, picture, step);
    }
}
