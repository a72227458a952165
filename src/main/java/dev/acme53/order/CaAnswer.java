package dev.acme53.order;

import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AuthorizationView;
import dev.acme53.acme.OrderView;
import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Order;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came of one visit to the CA.
sealed interface CaAnswer {
    /// The CA has a new order.
    /// @param stored the Order with its URL, unless it could not be written or is gone
    record Placed(OrderView view, Optional<Order> stored) implements CaAnswer {}

    /// The order as it is now.
    /// @param retryAfter when the CA wants to be asked again
    record Seen(OrderView view, Optional<Instant> retryAfter) implements CaAnswer {}

    /// The authorizations asked for.
    /// @param keys as in [Keys]
    record Authorized(List<AuthorizationView> authorizations, Map<String, String> keys) implements CaAnswer {
        public Authorized {
            authorizations = List.copyOf(authorizations);
            keys = Map.copyOf(keys);
        }
    }

    /// The values of TXT records, by the token of the challenge.
    record Keys(Map<String, String> byToken) implements CaAnswer {
        public Keys {
            byToken = Map.copyOf(byToken);
        }
    }

    /// The certificate.
    /// @param chain PEM, leaf first
    record Issued(String chain) implements CaAnswer {}

    /// The CA said no, or nothing.
    record Refused(AcmeFailure failure) implements CaAnswer {}

    /// The issuer has no account that could ask.
    /// @param issuer as it was when the call began; it may have got one since
    record NoLogin(String reason, AnyIssuer issuer) implements CaAnswer {}
}
