package dev.acme53.status;

import dev.acme53.api.Condition;
import dev.acme53.names.DnsName;
import dev.acme53.route53.AccountBudget;
import dev.acme53.route53.PendingChange;
import dev.acme53.route53.ZoneLane;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that the page shows, at one moment. Nothing in it is secret; every text in it may be hostile.
///
/// @param namespace the only one that is shown; empty: all
/// @param namespaces those with objects, to choose from
/// @param certificates how many there are and are ready; empty where this instance does not watch them
/// @param items Certificates, and requests and Orders without one, that wait or have failed, the worst first
/// @param challenges those that are not done with; empty where this instance does not watch them
/// @param issuers the worst first
/// @param route53 empty where this instance proves no Challenges
public record Snapshot(
        Instant at,
        Instance instance,
        Optional<String> namespace,
        List<String> namespaces,
        Optional<Tally> certificates,
        List<Item> items,
        Optional<List<ChallengeItem>> challenges,
        List<IssuerItem> issuers,
        Optional<Route53> route53) {

    public Snapshot {
        namespaces = List.copyOf(namespaces);
        items = List.copyOf(items);
        challenges = challenges.map(List::copyOf);
        issuers = List.copyOf(issuers);
    }

    /// This process.
    /// @param unready why its caches cannot be trusted yet; empty when they can
    /// @param serves the one namespace it serves; empty: all
    public record Instance(
            String version, Instant started, Leading leading, Optional<String> unready, Optional<String> serves) {}

    /// Who acts.
    public sealed interface Leading {
        /// This instance.
        record Here() implements Leading {}

        /// Another one.
        /// @param who as it stands in the Lease; empty when that is not known yet
        record Elsewhere(String who) implements Leading {}
    }

    /// How many.
    public record Tally(int all, int ready) {}

    /// How bad it is, the worst first.
    public enum Level {
        EXPIRED("expired"),
        FAILED("failed"),
        LATE("late"),
        WAITING("waiting");

        private final String text;

        Level(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        boolean isTrouble() {
            return this == EXPIRED || this == FAILED;
        }
    }

    /// An object as people name it.
    /// @param namespace empty for one of the cluster
    public record Named(String kind, String namespace, String name) {}

    /// Something that waits or has failed.
    /// @param names the DNS names it is for
    /// @param where the objects that hold it up
    /// @param sentence what its condition says
    /// @param nextTry after a failure
    public record Item(
            Named object,
            List<String> names,
            Level level,
            String where,
            Instant since,
            String sentence,
            Optional<Instant> nextTry) {

        public Item {
            names = List.copyOf(names);
        }
    }

    /// A Challenge that is not done with.
    public record ChallengeItem(Named object, String dnsName, Step step, Level level, Instant since, String sentence) {}

    /// How far a Challenge is.
    public enum Step {
        QUEUED("queued"),
        RECORD("record wanted"),
        CHECK("record written"),
        CLEAN_UP("clean-up");

        private final String text;

        Step(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /// How an issuer stands.
    /// @param ca the host of its CA
    /// @param since of the status; empty without one
    public record IssuerItem(
            Named object, String ca, Condition.Status ready, Optional<Instant> since, String sentence) {}

    /// What the `route53` room does.
    /// @param zoneNames by id, as far as they are known
    /// @param full the rate that each account's budget has when AWS does not throttle, requests a second
    public record Route53(
            List<ZoneLane> lanes,
            Map<String, DnsName> zoneNames,
            List<PendingChange> changes,
            List<AccountBudget> budgets,
            double full) {

        public Route53 {
            lanes = List.copyOf(lanes);
            zoneNames = Map.copyOf(zoneNames);
            changes = List.copyOf(changes);
            budgets = List.copyOf(budgets);
        }
    }
}
