package dev.acme53.request;

import dev.acme53.api.AnyIssuer;
import dev.acme53.api.CertificateRequest;
import dev.acme53.api.CertificateRequestStatus;
import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import java.util.List;
import java.util.Optional;

/// All that the next step of a CertificateRequest depends on, at one moment.
///
/// @param issuer the one that the request names, if it exists
/// @param orders those that the request controls, by UID; what they are for may be left out
/// @param challenges those of these Orders
record RequestPicture(
        CertificateRequest request, Optional<AnyIssuer> issuer, List<Order> orders, List<Challenge> challenges) {
    RequestPicture {
        orders = List.copyOf(orders);
        challenges = List.copyOf(challenges);
    }

    CertificateRequestStatus status() {
        return request.statusOrEmpty();
    }
}
