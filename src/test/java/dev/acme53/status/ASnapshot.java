package dev.acme53.status;

import dev.acme53.api.Condition.Status;
import dev.acme53.names.DnsName;
import dev.acme53.route53.AccountBudget;
import dev.acme53.route53.PendingChange;
import dev.acme53.route53.ZoneLane;
import dev.acme53.status.Snapshot.ChallengeItem;
import dev.acme53.status.Snapshot.Instance;
import dev.acme53.status.Snapshot.IssuerItem;
import dev.acme53.status.Snapshot.Item;
import dev.acme53.status.Snapshot.Leading;
import dev.acme53.status.Snapshot.Level;
import dev.acme53.status.Snapshot.Named;
import dev.acme53.status.Snapshot.Route53;
import dev.acme53.status.Snapshot.Step;
import dev.acme53.status.Snapshot.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Snapshots with something in each place.
public final class ASnapshot {
    static final Instant NOW = Instant.parse("2026-11-28T03:14:15Z");
    static final Instance LEADER =
            new Instance("1.0.0", ago(Duration.ofHours(31)), new Leading.Here(), Optional.empty(), Optional.empty());

    /// Wants to be markup.
    public static final String HOSTILE = "</td><script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    private ASnapshot() {}

    static Instant ago(Duration time) {
        return NOW.minus(time);
    }

    private static Instant minutes(long ago) {
        return ago(Duration.ofMinutes(ago));
    }

    private static Instant seconds(long ago) {
        return ago(Duration.ofSeconds(ago));
    }

    /// A night on call.
    public static Snapshot busy() {
        return new Snapshot(
                NOW,
                LEADER,
                Optional.empty(),
                List.of("billing", "checkout", "team-search", "web"),
                Optional.of(new Tally(1240, 1234)),
                List.of(
                        new Item(
                                new Named("Certificate", "billing", "api"),
                                List.of("api.billing.example.com"),
                                Level.FAILED,
                                "",
                                minutes(95),
                                "The certificate request has failed to complete and will be retried: Failed to wait for"
                                        + " order resource \"api-1-2810593402\" to become ready: order is in"
                                        + " \"invalid\" state: api.billing.example.com: CAA record for"
                                        + " billing.example.com prevents issuance",
                                Optional.of(NOW.plus(Duration.ofMinutes(25)))),
                        new Item(
                                new Named("Certificate", "team-search", "indexer"),
                                List.of("indexer.search.example.net", "*.indexer.search.example.net"),
                                Level.LATE,
                                "2 Challenges",
                                minutes(14),
                                "Issuing certificate as Secret does not exist; waiting for"
                                        + " indexer-1-991-3302: failed to change Route 53 record set: AccessDenied:"
                                        + " User: arn:aws:sts::210987654321:assumed-role/dns-search/… is not authorized"
                                        + " to perform: route53:ChangeResourceRecordSets",
                                Optional.empty()),
                        new Item(
                                new Named("Certificate", "web", "shop"),
                                List.of(
                                        "shop.example.com",
                                        "www.shop.example.com",
                                        "static.shop.example.com",
                                        "m.shop.example.com"),
                                Level.WAITING,
                                "Challenge shop-3-7710-4411",
                                seconds(48),
                                "Renewing certificate as renewal was scheduled at 2026-11-28 03:13:27 +0000 UTC;"
                                        + " waiting for shop-3-7710-4411: Waiting for Route 53 to confirm change"
                                        + " C08812340ABCDEFGHIJ",
                                Optional.empty()),
                        new Item(
                                new Named("CertificateRequest", "checkout", "mesh-7"),
                                List.of(),
                                Level.WAITING,
                                "Order mesh-7-4031",
                                seconds(20),
                                "Waiting on certificate issuance from order checkout/mesh-7-4031: \"pending\"",
                                Optional.empty())),
                Optional.of(List.of(
                        new ChallengeItem(
                                new Named("Challenge", "team-search", "indexer-1-991-3302"),
                                "indexer.search.example.net",
                                Step.RECORD,
                                Level.LATE,
                                minutes(14),
                                "failed to change Route 53 record set: AccessDenied: User:"
                                        + " arn:aws:sts::210987654321:assumed-role/dns-search/… is not authorized to"
                                        + " perform: route53:ChangeResourceRecordSets"),
                        new ChallengeItem(
                                new Named("Challenge", "team-search", "indexer-1-991-8173"),
                                "*.indexer.search.example.net",
                                Step.RECORD,
                                Level.LATE,
                                minutes(14),
                                "failed to change Route 53 record set: AccessDenied: User:"
                                        + " arn:aws:sts::210987654321:assumed-role/dns-search/… is not authorized to"
                                        + " perform: route53:ChangeResourceRecordSets"),
                        new ChallengeItem(
                                new Named("Challenge", "web", "shop-3-7710-4411"),
                                "m.shop.example.com",
                                Step.CHECK,
                                Level.WAITING,
                                seconds(41),
                                "Waiting for Route 53 to confirm change C08812340ABCDEFGHIJ"),
                        new ChallengeItem(
                                new Named("Challenge", "checkout", "old-1-5-6"),
                                "old.checkout.example.com",
                                Step.CLEAN_UP,
                                Level.WAITING,
                                seconds(6),
                                ""))),
                List.of(
                        new IssuerItem(
                                new Named("Issuer", "billing", "internal-ca"),
                                "ca.internal.example.com",
                                Status.FALSE,
                                Optional.of(minutes(190)),
                                "Failed to verify ACME account: Get directory: the connection is refused"),
                        new IssuerItem(
                                new Named("ClusterIssuer", "", "letsencrypt"),
                                "acme-v02.api.letsencrypt.org",
                                Status.TRUE,
                                Optional.of(ago(Duration.ofDays(210))),
                                "the account is registered at https://acme-v02.api.letsencrypt.org/directory"),
                        new IssuerItem(
                                new Named("ClusterIssuer", "", "letsencrypt-staging"),
                                "acme-staging-v02.api.letsencrypt.org",
                                Status.TRUE,
                                Optional.of(ago(Duration.ofDays(210))),
                                "the account is registered at"
                                        + " https://acme-staging-v02.api.letsencrypt.org/directory")),
                Optional.of(new Route53(
                        List.of(
                                new ZoneLane(
                                        "aws",
                                        "Z03341222EXAMPLE",
                                        List.of(new ZoneLane.Line(
                                                "arn:aws:iam::123456789012:role/acme53", 36, seconds(4))),
                                        Optional.empty(),
                                        Optional.of(new ZoneLane.OpenCall(
                                                "arn:aws:iam::123456789012:role/acme53", 36, seconds(1))),
                                        Optional.empty(),
                                        new ZoneLane.Sent(18, 2204, Optional.of(seconds(52)))),
                                new ZoneLane(
                                        "aws",
                                        "Z09922113EXAMPLE",
                                        List.of(new ZoneLane.Line(
                                                "access keys of Secret team-search/aws", 2, seconds(75))),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(NOW.plusSeconds(8)),
                                        new ZoneLane.Sent(0, 0, Optional.empty())),
                                new ZoneLane(
                                        "aws",
                                        "Z05517320EXAMPLE",
                                        List.of(new ZoneLane.Line(
                                                "access keys of Secret team-search/aws", 1, seconds(3))),
                                        Optional.of(new ZoneLane.NextCall(
                                                "access keys of Secret team-search/aws", seconds(2))),
                                        Optional.empty(),
                                        Optional.empty(),
                                        new ZoneLane.Sent(0, 0, Optional.empty()))),
                        Map.of("Z03341222EXAMPLE", DnsName.of("example.com")),
                        List.of(
                                new PendingChange("aws", "C08812340ABCDEFGHIJ", seconds(41)),
                                new PendingChange("aws", "C07120033ABCDEFGHIJ", seconds(12))),
                        List.of(
                                new AccountBudget("aws", "123456789012", 11.4, 6, 0),
                                new AccountBudget("aws", "", 0.2, 3, 2)),
                        6)));
    }

    /// Nothing to do.
    static Snapshot calm() {
        return new Snapshot(
                NOW,
                LEADER,
                Optional.of("web"),
                List.of("web"),
                Optional.of(new Tally(12, 12)),
                List.of(),
                Optional.of(List.of()),
                List.of(),
                Optional.of(new Route53(List.of(), Map.of(), List.of(), List.of(), 6)));
    }

    /// Texts that want to be markup, and names as long as names may be, in every place.
    public static Snapshot hostile() {
        var wide = HOSTILE + "w".repeat(253);
        var named = new Named(wide, wide, wide);
        return new Snapshot(
                NOW,
                new Instance(wide, NOW, new Leading.Elsewhere(wide), Optional.of(wide), Optional.of(wide)),
                Optional.of(wide),
                List.of(wide),
                Optional.of(new Tally(1_000_000, 0)),
                List.of(new Item(named, List.of(wide, wide), Level.EXPIRED, wide, NOW, wide, Optional.of(NOW))),
                Optional.of(List.of(new ChallengeItem(named, wide, Step.QUEUED, Level.WAITING, NOW, wide))),
                List.of(new IssuerItem(named, wide, Status.UNKNOWN, Optional.of(NOW), wide)),
                Optional.of(new Route53(
                        List.of(new ZoneLane(
                                wide,
                                wide,
                                List.of(new ZoneLane.Line(wide, 1, NOW)),
                                Optional.of(new ZoneLane.NextCall(wide, NOW)),
                                Optional.of(new ZoneLane.OpenCall(wide, 1, NOW)),
                                Optional.empty(),
                                new ZoneLane.Sent(1, 1, Optional.of(NOW)))),
                        Map.of(),
                        List.of(new PendingChange(wide, wide, NOW)),
                        List.of(new AccountBudget(wide, wide, 0, 0.2, 1)),
                        6)));
    }
}
