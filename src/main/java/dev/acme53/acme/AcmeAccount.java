package dev.acme53.acme;

import java.net.URI;
import java.util.Optional;

/// One account at one CA, logged in by its key: what can be asked of the CA in its name.
///
/// Every call blocks for at most some minutes, is one request (a refused nonce is tried again, RFC 8555 §6.5)
/// unless it says otherwise, never polls, and may be made from any number of threads. All but [#newOrder] are
/// safe to repeat.
///
/// The URLs come from objects that others can write. Only `https` URLs at the directory's own host, or at the
/// host of one of the endpoints that the directory names, are asked; any other is [AcmeFailure.NotSent], so
/// that a forged object can neither make us call into a private network nor have our signature sent elsewhere.
public interface AcmeAccount {
    /// Makes an order (RFC 8555 §7.4); each call makes another one at most CAs.
    ///
    /// A profile that the directory does not offer is [AcmeFailure.NotSent]. When the CA cannot or will not
    /// take `replaces`, the same order is sent again without it.
    AcmeResult<OrderView> newOrder(NewOrder wanted);

    /// An order as it is now.
    AcmeResult<OrderView> order(URI order);

    /// An authorization as it is now (RFC 8555 §7.5).
    AcmeResult<AuthorizationView> authorization(URI authorization);

    /// Tells the CA that a challenge can be validated (RFC 8555 §7.5.1), unless it is already being or has
    /// been.
    ///
    /// Two requests: the authorization is read first, and a challenge that is not one of its is
    /// [AcmeFailure.NotSent].
    AcmeResult<OfferedChallenge> accept(URI authorization, URI challenge);

    /// Tells the CA that a challenge can be validated, in one request: of one that the CA has shown as pending and
    /// as its authorization's.
    AcmeResult<OfferedChallenge> acceptPending(URI challenge);

    /// Sends the CSR of an order that is ready (RFC 8555 §7.4) and gives the order as the CA answers, mostly
    /// `processing`. An order that is already processing or valid is only read.
    ///
    /// Two requests: the order is read first.
    ///
    /// @param csrDer PKCS#10, DER
    AcmeResult<OrderView> finalizeOrder(URI order, byte[] csrDer);

    /// As [#finalizeOrder(URI, byte[])], in one request: of an order that must be ready, all being proven.
    AcmeResult<OrderView> finalizeReady(URI order, URI finalizeUrl, byte[] csrDer);

    /// The chain of a valid order, PEM, leaf first (RFC 8555 §7.4.2).
    ///
    /// @param order as the CA has shown it; one without a certificate is [AcmeFailure.NotSent]
    /// @param preferredChain common name of the issuer of the chain's last certificate: the default
    /// chain is looked at first, then the alternates in their order; without a match the default one is taken
    AcmeResult<String> certificate(OrderView order, Optional<String> preferredChain);

    /// The TXT value that proves control for a challenge's token (RFC 8555 §8.4): unquoted base64url, 43
    /// octets.
    String dns01Value(String token);
}
