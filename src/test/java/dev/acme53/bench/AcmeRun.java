package dev.acme53.bench;

import dev.acme53.acme.AcmeAccount;
import dev.acme53.acme.AcmeAccounts;
import dev.acme53.acme.AcmeRequest;
import dev.acme53.acme.AcmeResult;
import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.NewOrder;
import dev.acme53.acme.OrderView;
import dev.acme53.acme.Registration;
import dev.acme53.api.Bytes;
import dev.acme53.fixture.Csrs;
import dev.acme53.names.DnsName;
import dev.acme53.rig.DirectNetwork;
import dev.acme53.servers.AcmeCa;
import dev.acme53.servers.PebbleSettings;
import dev.acme53.servers.TestServers;
import dev.acme53.sim.Simulator;
import dev.acme53.sim.SimulatorSettings;
import dev.acme53.sim.Zone;
import dev.acme53.x509.CertificateSigningRequests;
import dev.acme53.x509.DecodedCsr;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Has one account order many certificates at once from a CA that is some way off, and nothing else: no Kubernetes and
/// no Route 53, since each record is in DNS as soon as its value is known.
record AcmeRun(Scenario.Acme scenario) {
    private static final Duration ROUND_TRIP = Duration.ofMillis(80);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int WARM_UP = 20;

    Report run() throws InterruptedException {
        try (var simulator = Simulator.start(SimulatorSettings.defaults());
                var ca = TestServers.newAcmeCa(PebbleSettings.resolvingAt(simulator.dnsAddress()));
                var distance = Distance.to(
                        new InetSocketAddress(
                                ca.directory().getHost(), ca.directory().getPort()),
                        ROUND_TRIP)) {
            var machine = Machine.line();
            var zone = simulator.createZone("acme.test");
            var requests = new ConcurrentLinkedQueue<AcmeRequest>();
            var far = new Far(simulator, zone, server(ca, distance), requests);
            far.issue(far.account(far.accounts(scenario.sessions())), "warm-up", WARM_UP);
            requests.clear();
            return new Report(scenario, machine, measured(far, requests), notes(), true);
        }
    }

    private List<Figure> measured(Far far, ConcurrentLinkedQueue<AcmeRequest> requests) throws InterruptedException {
        var inside = new JvmInside(ProcessHandle.current().pid());
        var account = far.account(far.accounts(scenario.sessions()));
        requests.clear();
        var cpu = cpu();
        var start = System.nanoTime();
        far.issue(account, "n", Scenario.Acme.ORDERS);
        var time = Duration.ofNanos(System.nanoTime() - start);
        var spent = cpu() - cpu;
        var all = List.copyOf(requests);
        requests.clear();
        return List.of(
                Figure.seconds("all certificates fetched", time),
                Figure.seconds("CPU seconds, DNS and the distance included", spent),
                Figure.count("requests", all.size()),
                Figure.count(
                        "– for a nonce",
                        all.stream().filter(r -> r.method().equals("HEAD")).count()),
                Figure.count(
                        "– refused for their nonce",
                        all.stream().filter(r -> r.status() == 400).count()),
                Figure.count("bytes of heap for each session", held(inside, far)));
    }

    /// What the heap loses when accounts with many sessions are let go.
    private static long held(JvmInside inside, Far far) throws InterruptedException {
        var accounts = far.accounts(Scenario.Acme.CROWD);
        var crowd = new ArrayList<AcmeAccount>();
        for (int i = 0; i < Scenario.Acme.CROWDS; i++) {
            var account = far.account(accounts);
            far.askAtOnce(account, Scenario.Acme.CROWD);
            crowd.add(account);
        }
        inside.liveHeap();
        var with = inside.liveHeap();
        crowd.clear();
        inside.liveHeap();
        return (with - inside.liveHeap()) / (Scenario.Acme.CROWD * Scenario.Acme.CROWDS);
    }

    private static double cpu() {
        return ProcessFigures.of(ProcessHandle.current().pid()).cpuSeconds();
    }

    private static AcmeServer server(AcmeCa ca, Distance distance) {
        var near = ca.directory();
        return new AcmeServer(
                URI.create("https://%s:%d%s".formatted(near.getHost(), distance.port(), near.getPath())),
                Optional.of(ca.tlsRoot()),
                false);
    }

    private static List<String> notes() {
        return List.of(
                "One account, %d orders at once, each with a name of its own; a round trip to the CA takes %d ms;"
                                .formatted(Scenario.Acme.ORDERS, ROUND_TRIP.toMillis())
                        + " the CA refuses 5 %% of good nonces. What a session holds is measured with %d of them."
                                .formatted(Scenario.Acme.CROWD * Scenario.Acme.CROWDS));
    }

    /// The CA at its distance, and the names that it validates.
    private record Far(Simulator simulator, Zone zone, AcmeServer server, ConcurrentLinkedQueue<AcmeRequest> requests) {
        /// Accounts with so many sessions each.
        AcmeAccounts accounts(int sessions) {
            return AcmeAccounts.over(
                    DirectNetwork.acme("acme53-bench"), requests::add, InstantSource.system(), sessions);
        }

        /// A new account.
        AcmeAccount account(AcmeAccounts accounts) {
            var key = PrivateKeys.generate(KeySpec.ecdsa(256));
            var made = value(accounts.register(server, key, new Registration(Optional.empty(), Optional.empty())));
            return accounts.login(server, key, made.url());
        }

        void issue(AcmeAccount account, String label, int count) throws InterruptedException {
            var csrs = new ArrayList<byte[]>();
            for (int i = 0; i < count; i++) {
                var csr = Csrs.pem(PrivateKeys.generate(KeySpec.ecdsa(256)), name(label, i));
                csrs.add(der(csr));
            }
            atOnce(count, i -> issue(account, name(label, i), csrs.get(i)));
        }

        private static byte[] der(Bytes pem) {
            return switch (CertificateSigningRequests.decode(pem.toArray())) {
                case DecodedCsr.Decoded(var csr) -> csr.der().octets();
                case DecodedCsr other -> throw new IllegalStateException(other.toString());
            };
        }

        /// Makes one order and reads it so many times at once.
        void askAtOnce(AcmeAccount account, int count) throws InterruptedException {
            var order = value(account.newOrder(order("asked.acme.test")));
            atOnce(count, _ -> value(account.order(order.url())));
        }

        private static String name(String label, int i) {
            return "%s%d.acme.test".formatted(label, i);
        }

        private String issue(AcmeAccount account, String name, byte[] csr) throws InterruptedException {
            var order = value(account.newOrder(order(name)));
            var url = order.authorizations().getFirst();
            var authorization = value(account.authorization(url));
            var challenge = authorization.challenges().stream()
                    .filter(c -> c.type().equals("dns-01"))
                    .findFirst()
                    .orElseThrow();
            simulator.addRecord(
                    zone, "_acme-challenge." + name, "TXT", '"' + account.dns01Value(challenge.token()) + '"');
            value(account.accept(url, challenge.url()));
            until("valid", () -> value(account.authorization(url)).status());
            until("ready", () -> value(account.order(order.url())).status());
            OrderView finalized = value(account.finalizeOrder(order.url(), csr));
            if (!finalized.status().equals("valid")) {
                until("valid", () -> value(account.order(order.url())).status());
            }
            return value(account.certificate(value(account.order(order.url())), Optional.empty()));
        }

        private static NewOrder order(String name) {
            return new NewOrder(
                    List.of(DnsName.of(name)), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        private static void until(String wanted, Supplier<String> status) throws InterruptedException {
            for (var now = status.get(); !now.equals(wanted); now = status.get()) {
                if (now.equals("invalid")) {
                    throw new IllegalStateException("the CA says invalid where " + wanted + " was expected");
                }
                Thread.sleep(POLL);
            }
        }
    }

    /// Something to be done for the i-th.
    @FunctionalInterface
    private interface Work {
        Object of(int i) throws InterruptedException;
    }

    private static void atOnce(int count, Work work) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, count)
                    .<Callable<Object>>mapToObj(i -> () -> work.of(i))
                    .toList();
            for (var done : threads.invokeAll(calls)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static <T> T value(AcmeResult<T> result) {
        return switch (result) {
            case AcmeResult.Answer<T>(var value, var _) -> value;
            case AcmeResult.Refused<T>(var failure) -> throw new IllegalStateException(failure.message());
        };
    }
}
