package dev.acme53.order;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import dev.acme53.api.OrderStatus;
import java.util.List;
import java.util.Optional;

/// All that the next step of an Order depends on, at one moment.
///
/// @param issuer the one that the Order names, if it exists
/// @param challenges those that the Order controls, by UID
record OrderPicture(Order order, Optional<AnyIssuer> issuer, List<Challenge> challenges) {
    OrderPicture {
        challenges = List.copyOf(challenges);
    }

    OrderStatus status() {
        return order.statusOrEmpty();
    }
}
