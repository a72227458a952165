package dev.acme53.aws;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.route53.Route53Client;

/// What the solvers of this process share: temporary credentials by owner and source, and clients by identity.
///
/// The least recently used are dropped beyond a number that no cluster's issuers reach; beyond a smaller one the least
/// recently used of the same namespace, so that none with ever new roles costs the others their sessions.
final class Sessions {
    private static final int MOST = 2000;
    private static final int MOST_OF_ONE = 100;

    private final Clients clients;
    private final CredentialFetcher fetcher;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Recent<Owned, Credentials> credentials;
    private final Recent<String, Route53Client> route53;
    private final AtomicLong numbers = new AtomicLong();

    Sessions(Clients clients, CredentialFetcher fetcher, InstantSource clock, RandomGenerator random) {
        this.clients = clients;
        this.fetcher = fetcher;
        this.clock = clock;
        this.random = random;
        credentials = new Recent<>(MOST, MOST_OF_ONE, owned -> tenant(owned.owner), clock);
        route53 = new Recent<>(MOST, MOST_OF_ONE, Sessions::tenant, clock);
    }

    /// Whose credentials, from where, for which region (route53.md R35): what differs in any of these is never shared.
    ///
    /// @param owner the issuer's kind and namespace and the versions of its Secrets; `ambient` for the
    /// controller's own
    private record Owned(String owner, CredentialSource source, String region) {}

    /// Credentials that are shared by all of equal owner, source and region.
    ///
    /// @param name the same as long as they are; no secret
    record Credentials(String name, KeptCredentials kept) {}

    Credentials of(String owner, CredentialSource source, String region) {
        return credentials.get(
                new Owned(owner, source, region),
                () -> new Credentials(
                        named(owner, region), new KeptCredentials(() -> fetcher.fetch(source, region), clock, random)));
    }

    /// A role taken with credentials that others share too.
    Credentials role(String owner, CredentialSource.Role role, Credentials base, StsCalls sts, String region) {
        return credentials.get(
                new Owned(owner + "|" + base.name, role, region),
                () -> new Credentials(
                        named(owner, region),
                        new KeptCredentials(() -> taken(role.request(), base.kept, sts), clock, random)));
    }

    /// Once more when AWS does not accept the session that the role is taken with: that one is dropped then.
    private static Fetch taken(RoleRequest role, KeptCredentials base, StsCalls sts) {
        var dropped = new AtomicBoolean();
        var first = attempt(role, base, sts, dropped);
        return dropped.get() ? attempt(role, base, sts, dropped) : first;
    }

    private static Fetch attempt(RoleRequest role, KeptCredentials base, StsCalls sts, AtomicBoolean dropped) {
        return switch (base.current()) {
            case Fetch.Failed failed -> failed;
            case Fetch.Got got ->
                sts.assumeRole(
                        role,
                        got,
                        () -> dropped.set(base.refused(got.credentials().accessKeyId())));
        };
    }

    /// The issuer's kind and namespace, with which an owner and a name begin.
    private static String tenant(String owner) {
        var parts = owner.split("\\|", 3);
        return parts.length < 2 ? owner : parts[0] + "|" + parts[1];
    }

    private String named(String owner, String region) {
        return owner + "|" + region + "#" + numbers.incrementAndGet();
    }

    /// The session of credentials at hand.
    AwsSession session(Credentials held, Fetch.Got got, SessionDescription description) {
        var name = got.account().isEmpty() ? held.name : held.name + "|" + got.account();
        var following = new Following(held.kept, got.account());
        var client = route53.get(name, () -> clients.route53(description.region(), following, held.kept::refused));
        return new Live(name, client, description, got.credentials(), following);
    }

    /// What the credentials are at each call. Those of a ServiceAccount that was made anew under its old name are
    /// another's: not to be used under the old one's identity.
    private record Following(KeptCredentials kept, String account) implements AwsCredentialsProvider {
        @Override
        public AwsCredentials resolveCredentials() {
            return switch (kept.current()) {
                case Fetch.Got got when got.account().equals(account) -> got.credentials();
                case Fetch.Got _ -> throw SdkClientException.create("the ServiceAccount is another one now");
                case Fetch.Failed _ -> throw SdkClientException.create("the credentials cannot be renewed");
            };
        }

        boolean goesOn() {
            return kept.current() instanceof Fetch.Got got && got.account().equals(account);
        }
    }

    /// @param used what the credentials were when the session was asked for
    private record Live(
            String identity,
            Route53Client route53,
            SessionDescription description,
            AwsCredentials used,
            Following following)
            implements AwsSession {
        @Override
        public boolean canSign() {
            return following.goesOn();
        }

        @Override
        public String partition() {
            return description.partition();
        }

        @Override
        public String toString() {
            return "AwsSession[" + identity + "]";
        }
    }

    /// Asks STS who the session is.
    CallerIdentity callerIdentity(AwsSession session) {
        return session instanceof Live live
                ? new StsCalls(clients.sts(live.description.region())).callerIdentity(live.used)
                : new CallerIdentity.Unknown("not a session of this program");
    }
}
