package dev.acme53.it.challenge;

import dev.acme53.reconcile.StageContext;
import dev.acme53.route53.AccountCalls;
import dev.acme53.route53.ChangeTracker;
import dev.acme53.route53.Changes;
import dev.acme53.route53.HandTimedRoute53;
import dev.acme53.route53.HostedZones;
import dev.acme53.route53.RecordChanges;
import dev.acme53.route53.RequestLimits;
import dev.acme53.route53.ZoneLanes;

/// What the stage is given of Route 53, with a budget that holds up nobody.
record Route53Room(HostedZones zones, RecordChanges records, Changes changes) {
    static final RequestLimits LIMITS = new RequestLimits(1000, 0);

    static Route53Room of(StageContext context) {
        var calls = new AccountCalls(LIMITS, context.clock());
        return new Route53Room(
                new HostedZones(calls, context.clock()),
                new ZoneLanes(calls, context.clock(), context.random()),
                new ChangeTracker(calls, LIMITS, context.clock()));
    }

    static Route53Room of(HandTimedRoute53 route53) {
        return new Route53Room(route53.zones(), route53.records(), route53.changes());
    }
}
