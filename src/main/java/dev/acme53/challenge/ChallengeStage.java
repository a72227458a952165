package dev.acme53.challenge;

import dev.acme53.account.AccountLogins;
import dev.acme53.api.Challenge;
import dev.acme53.api.Order;
import dev.acme53.api.OwnerReferences;
import dev.acme53.aws.AwsIdentities;
import dev.acme53.dns.Resolvers;
import dev.acme53.reconcile.Ancestors;
import dev.acme53.reconcile.Informers;
import dev.acme53.reconcile.StageContext;
import dev.acme53.reconcile.StageRegistration;
import dev.acme53.reconcile.WatchedKind;
import dev.acme53.route53.Changes;
import dev.acme53.route53.HostedZones;
import dev.acme53.route53.RecordChanges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/// The stage that proves control of a name: it writes the TXT record, waits until Route 53 and DNS show it, has the CA
/// look, and removes it (behaviour.md §4).
public final class ChallengeStage {
    private ChallengeStage() {}

    /// The count of records that are left for somebody to remove.
    public static Counter leftOver(MeterRegistry meters) {
        return Counter.builder("acme53.left.over.txt.records")
                .description("TXT records that could not be removed before their Challenge was let go.")
                .register(meters);
    }

    private static Optional<Order> order(StageContext context, Challenge challenge) {
        return WatchedKind.controllerOf(challenge).stream()
                .flatMap(id -> context.kinds().orders.get(id).stream())
                .filter(order -> OwnerReferences.isControlledBy(challenge, order))
                .findFirst();
    }

    /// The stage as `operator` starts it.
    /// @param logins to the CA, of the issuers that Challenges name
    /// @param identities whose credentials a solver uses in AWS
    public static StageRegistration<Challenge> of(
            StageContext context,
            ChallengeSettings settings,
            AccountLogins logins,
            AwsIdentities identities,
            HostedZones zones,
            RecordChanges records,
            Changes changes,
            Resolvers resolvers,
            MeterRegistry meters) {
        var ancestors = new Ancestors(context.client());
        var errands = ChallengeErrands.of(context.clock());
        var sessions = new SolverSessions(identities, settings, context.clusterResourceNamespace());
        var places = new RecordPlaces(zones, resolvers);
        var claims = new Claims();
        var calls = new ChallengeCalls(
                new RecordCalls(sessions, places, records, changes, claims),
                new CleanUpCalls(
                        sessions,
                        places,
                        records,
                        claims,
                        new CleanUpGrace(settings.cleanUpGrace()),
                        new Namespaces(context.client())::isTerminating,
                        context.clock()),
                new DnsLook(resolvers, new Elsewhere(resolvers, zones, sessions), settings.strictLook()),
                new CaCalls(logins),
                new Provenance(ancestors, logins, challenge -> order(context, challenge)));
        var objects = new ChallengeObjects(context);
        return new StageRegistration<>(
                "challenges",
                Challenge.class,
                new ChallengeReconciler(
                        context,
                        settings,
                        calls,
                        claims,
                        objects,
                        new LeftBehind(context, objects, meters),
                        new NotServed(context, ancestors, errands.answers()),
                        errands),
                Informers::configure,
                errands.all());
    }
}
