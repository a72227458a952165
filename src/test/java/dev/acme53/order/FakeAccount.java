package dev.acme53.order;

import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeFailure;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AuthorizationView;
import dev.acme53.acme.NewOrder;
import dev.acme53.acme.OfferedChallenge;
import dev.acme53.acme.OrderView;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// A CA that answers as it is told, in turn, and remembers what it was asked.
final class FakeAccount implements AcmeAccount {
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final Queue<AcmeResult<OrderView>> orders = new ArrayDeque<>();
    final Queue<AcmeResult<OrderView>> finalizations = new ArrayDeque<>();
    final Map<URI, AcmeResult<AuthorizationView>> authorizations = new HashMap<>();
    AcmeResult<String> chain = new AcmeResult.Answer<>("chain");

    static <T> AcmeResult<T> refusal(AcmeFailure failure) {
        return new AcmeResult.Refused<>(failure);
    }

    @Override
    public AcmeResult<OrderView> newOrder(NewOrder wanted) {
        asked.add("newOrder " + wanted.dns());
        return orders.remove();
    }

    @Override
    public AcmeResult<OrderView> order(URI order) {
        asked.add("order " + order);
        return orders.remove();
    }

    @Override
    public AcmeResult<AuthorizationView> authorization(URI authorization) {
        asked.add("authorization " + authorization);
        return authorizations.get(authorization);
    }

    @Override
    public AcmeResult<OfferedChallenge> accept(URI authorization, URI challenge) {
        throw new IllegalStateException("an Order accepts no challenge");
    }

    @Override
    public AcmeResult<OfferedChallenge> acceptPending(URI challenge) {
        throw new IllegalStateException("an Order accepts no challenge");
    }

    @Override
    public AcmeResult<OrderView> finalizeReady(URI order, URI finalizeUrl, byte[] csrDer) {
        asked.add("finalize " + order + " at " + finalizeUrl);
        return finalizations.remove();
    }

    @Override
    public AcmeResult<OrderView> finalizeOrder(URI order, byte[] csrDer) {
        asked.add("finalize " + order);
        return finalizations.remove();
    }

    @Override
    public AcmeResult<String> certificate(OrderView order, Optional<String> preferredChain) {
        asked.add(
                "certificate " + order.url() + preferredChain.map(c -> " " + c).orElse(""));
        return chain;
    }

    @Override
    public String dns01Value(String token) {
        return "value of " + token;
    }
}
