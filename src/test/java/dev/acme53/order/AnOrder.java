package dev.acme53.order;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.acme53.acme.OrderView;
import dev.acme53.api.AcmeIssuer;
import dev.acme53.api.Authorization;
import dev.acme53.api.Bytes;
import dev.acme53.api.Challenge;
import dev.acme53.api.ClusterIssuer;
import dev.acme53.api.Dns01Solver;
import dev.acme53.api.IssuerRef;
import dev.acme53.api.IssuerSpec;
import dev.acme53.api.OfferedChallenge;
import dev.acme53.api.Order;
import dev.acme53.api.OrderSpec;
import dev.acme53.api.OrderStatus;
import dev.acme53.api.Preserved;
import dev.acme53.api.Route53Solver;
import dev.acme53.api.Solver;
import dev.acme53.api.SolverSelector;
import dev.acme53.api.State;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An Order for `example.com` at the ClusterIssuer `le`, and what belongs to it, for tests to vary.
final class AnOrder {
    static final String NAME = "example-com-1-3104426127";
    static final IssuerRef ISSUER = new IssuerRef("le", "ClusterIssuer", "cert-manager.io");
    static final Solver ROUTE53 = solver(null);

    private AnOrder() {}

    static Order with(OrderStatus status) {
        return with(new OrderSpec(Bytes.EMPTY, ISSUER, "", List.of("example.com"), null, null, null, null), status);
    }

    static Order with(OrderSpec spec, OrderStatus status) {
        var order = new Order();
        order.setMetadata(new ObjectMetaBuilder()
                .withName(NAME)
                .withNamespace("team")
                .withUid("order-uid")
                .withResourceVersion("10")
                .build());
        order.setSpec(spec);
        order.setStatus(status);
        return order;
    }

    /// Placed at the CA, and its authorizations read.
    static OrderStatus placed(@Nullable State state, Authorization... authorizations) {
        return OrderStatus.empty()
                .withUrl("https://ca.test/order/1")
                .withFinalizeURL("https://ca.test/order/1/finalize")
                .withState(state)
                .withAuthorizations(List.of(authorizations));
    }

    static Authorization authorization(String domain) {
        return authorization(domain, State.PENDING, "dns-01", "http-01");
    }

    static Authorization authorization(String domain, State state, String... offered) {
        var wildcard = domain.startsWith("*.");
        var identifier = wildcard ? domain.substring(2) : domain;
        var path = wildcard ? "wild-" + identifier : identifier;
        return new Authorization(
                "https://ca.test/authz/" + path,
                identifier,
                wildcard,
                state,
                List.of(offered).stream()
                        .map(type -> new OfferedChallenge(
                                "https://ca.test/chall/" + path + "/" + type, "token-" + path + "-" + type, type))
                        .toList());
    }

    static Solver solver(@Nullable SolverSelector selector) {
        var route53 = new Route53Solver(null, null, null, null, null, null, "eu-west-1", null);
        return new Solver(selector, null, new Dns01Solver(null, null, route53, null), null, null);
    }

    static Solver http01(@Nullable SolverSelector selector) {
        return new Solver(selector, new Preserved(JsonNodeFactory.instance.objectNode()), null, null, null);
    }

    static Solver cloudDns(@Nullable SolverSelector selector) {
        var other = Map.of("cloudDNS", new Preserved(JsonNodeFactory.instance.objectNode()));
        return new Solver(selector, null, new Dns01Solver(null, null, null, other), null, null);
    }

    static ClusterIssuer issuer(Solver... solvers) {
        var issuer = new ClusterIssuer();
        issuer.setMetadata(new ObjectMetaBuilder()
                .withName("le")
                .withUid("issuer-uid")
                .withResourceVersion("3")
                .build());
        issuer.setSpec(new IssuerSpec(
                new AcmeIssuer(
                        null,
                        "https://ca.test/dir",
                        null,
                        null,
                        false,
                        null,
                        null,
                        List.of(solvers),
                        false,
                        false,
                        null,
                        null),
                null));
        return issuer;
    }

    static OrderPicture picture(OrderStatus status, Challenge... challenges) {
        return new OrderPicture(with(status), Optional.of(issuer(ROUTE53)), List.of(challenges));
    }

    /// The Challenge that the order needs for `authorization`, in `state`.
    static Challenge challenge(Authorization authorization, @Nullable State state, String reason) {
        var order = with(OrderStatus.empty());
        var selected =
                SolverSelection.of(List.of(ROUTE53), authorization, Map.of()).orElseThrow();
        var challenge = RequiredChallenge.of(order, authorization, selected).withKey("key", order);
        challenge.setStatus(challenge.statusOrEmpty().withState(state).withReason(reason));
        return challenge;
    }

    /// The order at the CA, in the state that `status` names.
    static OrderView view(String status) {
        return view(status, Optional.empty());
    }

    static OrderView view(String status, String error) {
        return view(status, Optional.of(error));
    }

    /// The order at the CA, valid, with the URL of its certificate.
    static OrderView certified() {
        return view("valid", Optional.of(URI.create("https://ca.test/certificate/1")), Optional.empty());
    }

    private static OrderView view(String status, Optional<String> error) {
        return view(status, Optional.empty(), error);
    }

    private static OrderView view(String status, Optional<URI> certificate, Optional<String> error) {
        return new OrderView(
                URI.create("https://ca.test/order/1"),
                status,
                Optional.of(URI.create("https://ca.test/order/1/finalize")),
                List.of(URI.create("https://ca.test/authz/example.com")),
                certificate,
                error);
    }
}
