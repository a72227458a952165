package dev.acme53.sim;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// The simulator's switches. Those of the first group are read once at the start; the others take effect at the
/// next call and may be turned while it runs ([Simulator#settings()]). The defaults are a friendly AWS:
/// everything INSYNC at once, no quota, no lag.
public final class SimulatorSettings {
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = RandomGenerator.getDefault();
    private String account = "123456789012";
    private int nameServers = 1;
    private int route53Port;
    private int stsPort;
    private int dnsPort;

    private volatile Duration insyncAfter = Duration.ZERO;
    private volatile int insyncAfterPolls;
    private volatile List<Duration> lags = List.of();
    private volatile Quotas.Limits quotas = Quotas.Limits.none();
    private volatile Duration answerAfter = Duration.ZERO;
    private volatile Duration zoneBusyAfterChange = Duration.ZERO;
    private volatile int zonesPerPage = 100;
    private volatile int recordSetsPerPage = 300;
    private volatile boolean legacyInvalidChangeBatch;
    private volatile boolean zonesWithoutConfig;
    private volatile Duration sessionLifetime = Duration.ofHours(1);

    private SimulatorSettings() {}

    public static SimulatorSettings defaults() {
        return new SimulatorSettings();
    }

    /// At start: the time of INSYNC, sessions and quotas.
    public SimulatorSettings clock(InstantSource source) {
        clock = source;
        return this;
    }

    /// At start: ids, and which eight multivalue records an answer shows.
    public SimulatorSettings random(RandomGenerator generator) {
        random = generator;
        return this;
    }

    /// At start: the twelve digits of the simulator's own account.
    public SimulatorSettings account(String digits) {
        account = digits;
        return this;
    }

    /// At start: the number of DNS servers, at 127.0.0.1, 127.0.0.2 and so on, all on one port.
    public SimulatorSettings nameServers(int count) {
        nameServers = count;
        return this;
    }

    /// At start: fixed ports; 0 (the default) takes a free one.
    public SimulatorSettings ports(int route53, int sts, int dns) {
        route53Port = route53;
        stsPort = sts;
        dnsPort = dns;
        return this;
    }

    /// The time from a change to INSYNC, for changes made from now on.
    public SimulatorSettings insyncAfter(Duration duration) {
        insyncAfter = duration;
        return this;
    }

    /// In addition, this many polls of each change are answered PENDING.
    public SimulatorSettings insyncAfterPolls(int polls) {
        insyncAfterPolls = polls;
        return this;
    }

    /// How long after INSYNC (before it, when negative) each DNS server shows a change; servers beyond the list
    /// have no lag.
    public SimulatorSettings nameServerLags(Duration... durations) {
        lags = List.of(durations);
        return this;
    }

    public SimulatorSettings quotas(Quotas.Limits limits) {
        quotas = limits;
        return this;
    }

    /// How long each answer takes, in real time. A zone counts as busy while a change of it is being answered.
    public SimulatorSettings answerAfter(Duration duration) {
        answerAfter = duration;
        return this;
    }

    /// How long after a change the next one of the same zone is refused with `PriorRequestNotComplete`.
    public SimulatorSettings zoneBusyAfterChange(Duration duration) {
        zoneBusyAfterChange = duration;
        return this;
    }

    /// The most zones in a page of `ListHostedZonesByName`, and the most record sets in one of
    /// `ListResourceRecordSets`.
    public SimulatorSettings pages(int zones, int recordSets) {
        zonesPerPage = zones;
        recordSetsPerPage = recordSets;
        return this;
    }

    /// Whether `InvalidChangeBatch` comes in the old form, as the document's root.
    public SimulatorSettings legacyInvalidChangeBatch(boolean legacy) {
        legacyInvalidChangeBatch = legacy;
        return this;
    }

    /// Whether zones are listed without their `Config` element.
    public SimulatorSettings zonesWithoutConfig(boolean without) {
        zonesWithoutConfig = without;
        return this;
    }

    /// The lifetime of an STS session when the caller names none.
    public SimulatorSettings sessionLifetime(Duration duration) {
        sessionLifetime = duration;
        return this;
    }

    InstantSource clock() {
        return clock;
    }

    int nextInt(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    <T> void shuffle(List<T> list) {
        synchronized (random) {
            Collections.shuffle(list, java.util.Random.from(random));
        }
    }

    String account() {
        return account;
    }

    int nameServers() {
        return nameServers;
    }

    int route53Port() {
        return route53Port;
    }

    int stsPort() {
        return stsPort;
    }

    int dnsPort() {
        return dnsPort;
    }

    Duration insyncAfter() {
        return insyncAfter;
    }

    int insyncAfterPolls() {
        return insyncAfterPolls;
    }

    Duration lag(int server) {
        return server < lags.size() ? lags.get(server) : Duration.ZERO;
    }

    Quotas.Limits quotas() {
        return quotas;
    }

    Duration answerAfter() {
        return answerAfter;
    }

    Duration zoneBusyAfterChange() {
        return zoneBusyAfterChange;
    }

    int zonesPerPage() {
        return zonesPerPage;
    }

    int recordSetsPerPage() {
        return recordSetsPerPage;
    }

    boolean legacyInvalidChangeBatch() {
        return legacyInvalidChangeBatch;
    }

    boolean zonesWithoutConfig() {
        return zonesWithoutConfig;
    }

    Duration sessionLifetime() {
        return sessionLifetime;
    }
}
