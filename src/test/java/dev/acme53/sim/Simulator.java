package dev.acme53.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Route 53, STS and authoritative DNS in one process on loopback ports.
///
/// It starts with one user, whose policy is the documented one ([#accessKey]), and one administrator
/// ([#administratorKey]). Zones, records, users and roles are added by the methods here or through the API;
/// [#settings] are switches that may be turned while it runs.
public final class Simulator implements AutoCloseable {
    private static final int DEFAULT_TTL = 300;

    private final SimulatorSettings settings;
    private final HostedZones zones;
    private final Accounts accounts;
    private final Faults faults = new Faults();
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final AwsServer route53;
    private final AwsServer sts;
    private final List<DnsServer> dns = new ArrayList<>();
    private final AccessKey user;
    private final AccessKey administrator;

    private Simulator(SimulatorSettings settings) {
        this.settings = settings;
        zones = new HostedZones(settings);
        accounts = new Accounts(settings);
        user = accounts.addUser(settings.account(), "acme53", IamPolicy.documented());
        administrator = accounts.addUser(settings.account(), "administrator", IamPolicy.everything());
        route53 = new AwsServer(
                settings.route53Port(),
                new Route53Endpoint(zones, accounts, faults, settings),
                settings.clock(),
                calls::add);
        sts = new AwsServer(
                settings.stsPort(), new StsEndpoint(accounts, faults, settings), settings.clock(), calls::add);
        startDns();
    }

    private void startDns() {
        var addresses = new ArrayList<InetAddress>();
        for (int i = 0; i < settings.nameServers(); i++) {
            addresses.add(loopback(i + 1));
        }
        var answers = new DnsAnswers(zones, settings, addresses);
        for (int i = 0; i < addresses.size(); i++) {
            int server = i;
            int port = i == 0 ? settings.dnsPort() : dns.getFirst().address().getPort();
            dns.add(new DnsServer(addresses.get(i), port, query -> answers.answer(query, server)));
        }
    }

    private static InetAddress loopback(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Simulator start(SimulatorSettings settings) {
        return new Simulator(settings);
    }

    /// For `AWS_ENDPOINT_URL_ROUTE_53`.
    public URI route53Endpoint() {
        return route53.endpoint();
    }

    /// For `AWS_ENDPOINT_URL_STS`.
    public URI stsEndpoint() {
        return sts.endpoint();
    }

    /// The first DNS server.
    public InetSocketAddress dnsAddress() {
        return dns.getFirst().address();
    }

    /// All DNS servers, in the order of [SimulatorSettings#nameServerLags].
    public List<InetSocketAddress> dnsAddresses() {
        return dns.stream().map(DnsServer::address).toList();
    }

    public SimulatorSettings settings() {
        return settings;
    }

    /// What a process needs in its environment to use the simulator in place of AWS, with [#accessKey] as its
    /// ambient credentials.
    public Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("AWS_ACCESS_KEY_ID", user.id());
        environment.put("AWS_SECRET_ACCESS_KEY", user.secret());
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("AWS_ENDPOINT_URL_ROUTE_53", route53Endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_STS", stsEndpoint().toString());
        return environment;
    }

    /// A user with the documented policy.
    public AccessKey accessKey() {
        return user;
    }

    /// A user who may do everything that is simulated.
    public AccessKey administratorKey() {
        return administrator;
    }

    /// A public zone of the simulator's own account that DNS delegates to.
    public Zone createZone(String name) {
        return createZone(NewZone.named(name));
    }

    public Zone createZone(NewZone zone) {
        return zones.create(zone);
    }

    public void deleteZone(Zone zone) {
        zones.delete(zone.id());
    }

    /// Points DNS at this zone instead of another public zone of its name.
    public void delegate(Zone zone) {
        zones.delegate(zone.id());
    }

    /// A record that was always there: no change, no waiting.
    ///
    /// @param name absolute, with or without trailing dot
    /// @param values as Route 53 writes them: TXT in double quotes
    public void addRecord(Zone zone, String name, String type, String... values) {
        addRecord(zone, RecordSet.simple(name, type, DEFAULT_TTL, values));
    }

    public void addRecord(Zone zone, RecordSet set) {
        zones.put(zone.id(), set);
    }

    /// Takes a record away everywhere at once, as somebody else would with patience.
    public void removeRecord(Zone zone, RecordSet set) {
        zones.remove(zone.id(), set);
    }

    /// Changes records as somebody with the administrator's key would: through the rules, by PENDING, into the
    /// history.
    ///
    /// @return the change's id without `/change/`
    public String submit(Zone zone, RecordChange... batch) {
        var caller = new HostedZones.Caller(userArn("administrator"), administrator.id());
        return zones.submit(zone.id(), "", List.of(batch), caller).id();
    }

    /// What the API shows, in its order.
    public List<RecordSet> records(Zone zone) {
        return zones.records(zone.id());
    }

    /// The TXT record sets of all zones: empty when everybody has cleaned up.
    public List<RecordSet> txtRecords() {
        return zones.all().stream()
                .flatMap(z -> zones.records(z.id()).stream())
                .filter(s -> s.type().equals("TXT"))
                .toList();
    }

    /// Every record change that was applied, in order.
    public List<HistoryEntry> history() {
        return zones.history();
    }

    /// Every call, in the order of their ends.
    public List<Call> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    public long count(Operation operation) {
        return calls().stream().filter(c -> c.operation() == operation).count();
    }

    /// The next calls of an operation fail.
    public void failNext(Operation operation, Fault fault, int times) {
        failNext(operation, _ -> true, fault, times);
    }

    /// The next such calls fail. The predicate sees everything but the outcome.
    public void failNext(Operation operation, Predicate<Call> when, Fault fault, int times) {
        faults.add(operation, when, fault, times);
    }

    /// Forgets faults that have not struck.
    public void healAll() {
        faults.clear();
    }

    /// Forgets changes, as AWS does after a while.
    public void forgetChanges() {
        zones.forgetChanges();
    }

    /// A user of the simulator's own account with a first access key.
    public AccessKey addUser(String name, IamPolicy policy) {
        return addUser(settings.account(), name, policy);
    }

    public AccessKey addUser(String account, String name, IamPolicy policy) {
        return accounts.addUser(account, name, policy);
    }

    /// One more key of a user.
    public AccessKey addKey(String userArn) {
        return accounts.addKey(userArn);
    }

    /// Calls with this key are refused from now on.
    public void removeKey(AccessKey key) {
        accounts.removeKey(key.id());
    }

    public void addRole(Role role) {
        accounts.addRole(role);
    }

    /// A session of a role that was added, as the node's or Pod's agent has one.
    public SessionKey startSession(String roleArn, String sessionName) {
        var session = accounts.session(accounts.role(roleArn).orElseThrow(), sessionName, settings.sessionLifetime());
        return new SessionKey(session.key(), session.sessionToken(), session.expires());
    }

    public void addProvider(OidcProvider provider) {
        accounts.addProvider(provider);
    }

    /// Replaces the policy of a user or role.
    public void setPolicy(String arn, IamPolicy policy) {
        accounts.policy(arn, policy);
    }

    /// `arn:aws:iam::ACCOUNT:user/NAME` in the simulator's own account.
    public String userArn(String name) {
        return "arn:aws:iam::%s:user/%s".formatted(settings.account(), name);
    }

    /// The credentials of every session that STS gave or [#startSession] made, ended ones too.
    public List<SessionKey> sessions() {
        return accounts.sessions();
    }

    /// Ends every STS session.
    public void expireSessions() {
        accounts.expireSessions();
    }

    @Override
    public void close() {
        route53.close();
        sts.close();
        for (var server : dns) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
