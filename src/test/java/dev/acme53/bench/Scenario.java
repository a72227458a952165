package dev.acme53.bench;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one run of the benchmark does.
sealed interface Scenario {
    /// All that docs/performance.md shows.
    List<Scenario> ALL = List.of(
                    "1x1",
                    "1x1w",
                    "100x1",
                    "100x1w",
                    "100x20",
                    "100x20w",
                    "1000x1",
                    "1000x1w",
                    "1000x20",
                    "1000x20w",
                    "1000x20n",
                    "wait:1000",
                    "rest:1000",
                    "rest:5000",
                    "rest:10000",
                    "start",
                    "acme:1",
                    "acme:2",
                    "acme:4",
                    "acme:8",
                    "acme:16")
            .stream()
            .map(Scenario::of)
            .toList();

    /// The word that asks for it.
    String word();

    /// What it is, for a reader.
    String title();

    /// Issues Certificates from nothing.
    ///
    /// @param zones that the names are spread over
    /// @param wildcard whether each Certificate has an apex and its wildcard instead of a single name
    /// @param ecdsa whether the private keys are on P-256 instead of the default, RSA of 2,048 bits
    /// @param apart whether each Certificate is in a namespace of its own instead of all in one
    record Issue(int certificates, int zones, boolean wildcard, boolean ecdsa, boolean apart) implements Scenario {
        /// The TXT records that are needed.
        int records() {
            return wildcard ? 2 * certificates : certificates;
        }

        /// How many of the Certificates are in the zone that has most.
        int inFullestZone() {
            return Math.ceilDiv(certificates, zones);
        }

        @Override
        public String word() {
            return certificates + "x" + zones + (wildcard ? "w" : "") + (ecdsa ? "e" : "") + (apart ? "n" : "");
        }

        @Override
        public String title() {
            return "%s in %s%s, %s, private keys %s"
                    .formatted(
                            counted(certificates, "Certificate"),
                            counted(zones, "zone"),
                            apart ? " and as many namespaces as Certificates" : "",
                            wildcard ? "apex and wildcard each" : "one name each",
                            ecdsa ? "ECDSA P-256" : "RSA 2048 (the default)");
        }
    }

    /// Has Certificates whose records never come in sync.
    record Wait(int certificates) implements Scenario {
        @Override
        public String word() {
            return "wait:" + certificates;
        }

        @Override
        public String title() {
            return counted(certificates, "Challenge") + " that all wait for Route 53 at the same moment";
        }
    }

    /// Finds issued Certificates and has nothing to do.
    record Rest(int certificates) implements Scenario {
        @Override
        public String word() {
            return "rest:" + certificates;
        }

        @Override
        public String title() {
            return counted(certificates, "issued Certificate") + " found at start, and then at rest";
        }
    }

    /// Starts with nothing to find but one new Certificate.
    record Start() implements Scenario {
        @Override
        public String word() {
            return "start";
        }

        @Override
        public String title() {
            return "From the start of the process to the first useful reconcile, empty cluster";
        }
    }

    /// Asks a CA that is some way off, as one account.
    ///
    /// @param sessions of the account: so many requests are under way at the same time
    record Acme(int sessions) implements Scenario {
        static final int ORDERS = 200;

        /// So many accounts have so many sessions made to see what one takes. More at once are more than one
        /// connection carries.
        static final int CROWDS = 20;

        static final int CROWD = 100;

        @Override
        public String word() {
            return "acme:" + sessions;
        }

        @Override
        public String title() {
            return counted(ORDERS, "order") + " of one account with " + counted(sessions, "session");
        }
    }

    /// @throws IllegalArgumentException when there is no such scenario
    static Scenario of(String word) {
        var issue = Words.ISSUE.matcher(word);
        var wait = Words.WAIT.matcher(word);
        var rest = Words.REST.matcher(word);
        var acme = Words.ACME.matcher(word);
        if (issue.matches()) {
            return new Issue(
                    number(issue, 1),
                    number(issue, 2),
                    issue.group(3).contains("w"),
                    issue.group(3).contains("e"),
                    issue.group(3).contains("n"));
        }
        if (wait.matches()) {
            return new Wait(number(wait, 1));
        }
        if (rest.matches()) {
            return new Rest(number(rest, 1));
        }
        if (acme.matches()) {
            return new Acme(number(acme, 1));
        }
        if (word.equals("start")) {
            return new Start();
        }
        throw new IllegalArgumentException("unknown scenario " + word
                + ": known are NxZ (N Certificates in Z zones; w after it: apex and wildcard each; e: ECDSA keys;"
                + " n: a namespace each),"
                + " wait:N, rest:N and start, acme:N (an account with N sessions)");
    }

    private static int number(Matcher word, int group) {
        return Integer.parseInt(word.group(group));
    }

    private static String counted(int count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    /// The words, as patterns.
    final class Words {
        private static final Pattern ISSUE = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,2})(w?e?n?)");
        private static final Pattern WAIT = Pattern.compile("wait:([1-9]\\d{0,4})");
        private static final Pattern REST = Pattern.compile("rest:([1-9]\\d{0,4})");

        private static final Pattern ACME = Pattern.compile("acme:([1-9]\\d{0,2})");

        private Words() {}
    }
}
