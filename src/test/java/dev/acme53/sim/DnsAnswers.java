package dev.acme53.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What the DNS servers answer: authoritative for every delegated public zone, and for the rest of the world
/// like a resolver whose internet holds nothing else. CNAMEs are followed from zone to zone.
final class DnsAnswers {
    private static final int MULTIVALUE_SHOWN = 8;
    private static final int LONGEST_CHAIN = 16;
    private static final long NEGATIVE_TTL = 5;

    private final HostedZones zones;
    private final SimulatorSettings settings;
    private final List<InetAddress> servers;

    DnsAnswers(HostedZones zones, SimulatorSettings settings, List<InetAddress> servers) {
        this.zones = zones;
        this.settings = settings;
        this.servers = List.copyOf(servers);
    }

    /// @param server which of the servers is asked, from 0
    Message answer(Message query, int server) {
        var response = new Message(query.getHeader().getID());
        var header = response.getHeader();
        header.setFlag(Flags.QR);
        header.setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        header.setOpcode(query.getHeader().getOpcode());
        var question = query.getQuestion();
        if (query.getHeader().getOpcode() != Opcode.QUERY || question == null) {
            header.setRcode(question == null ? Rcode.FORMERR : Rcode.NOTIMP);
            return response;
        }
        response.addRecord(question, Section.QUESTION);
        new Resolution(response, server, question.getType()).resolve(question.getName());
        return response;
    }

    /// One question on its way along a chain of CNAMEs.
    private final class Resolution {
        private final Message response;
        private final int server;
        private final int type;
        private final Set<String> chain = new HashSet<>();

        Resolution(Message response, int server, int type) {
            this.response = response;
            this.server = server;
            this.type = type;
        }

        void resolve(Name qname) {
            var name = Names.ofDns(qname);
            if (!chain.add(name) || chain.size() > LONGEST_CHAIN) {
                response.getHeader().setRcode(Rcode.SERVFAIL);
                return;
            }
            if (Names.within(name, HostedZones.NAME_SERVERS)) {
                nameServer(qname, name);
                return;
            }
            var next = zones.inDns(name, server, zone -> inZone(qname, name, zone));
            if (next.isEmpty()) {
                outside(name);
            } else {
                next.get().ifPresent(this::resolve);
            }
        }

        /// Answers from the zone; the result is where a CNAME leads.
        private Optional<Name> inZone(Name qname, String name, HostedZones.DnsZone zone) {
            response.getHeader().setFlag(Flags.AA);
            if (isDelegatedAway(name, zone)) {
                response.getHeader().setRcode(Rcode.SERVFAIL);
                return Optional.empty();
            }
            boolean exists = zone.records().hasNameAtOrBelow(name);
            var sets = exists ? zone.records().named(name) : wildcard(name, zone);
            var alias = sets.stream().filter(s -> s.type().equals("CNAME")).findFirst();
            if (alias.isPresent() && type != Type.CNAME && type != Type.ANY) {
                var cname = RecordData.dnsRecord(
                        qname, alias.get(), alias.get().values().getFirst());
                response.addRecord(cname, Section.ANSWER);
                return Optional.of(((CNAMERecord) cname).getTarget());
            }
            var matching = sets.stream()
                    .filter(s -> type == Type.ANY || Type.value(s.type()) == type)
                    .toList();
            shown(matching)
                    .forEach(set -> set.values()
                            .forEach(v -> response.addRecord(RecordData.dnsRecord(qname, set, v), Section.ANSWER)));
            if (matching.isEmpty()) {
                if (!exists && sets.isEmpty()) {
                    response.getHeader().setRcode(Rcode.NXDOMAIN);
                }
                soa(zone).ifPresent(soa -> response.addRecord(soa, Section.AUTHORITY));
            }
            return Optional.empty();
        }

        /// Below an NS record set whose zone is not held here, a resolver would ask servers that do not exist.
        private boolean isDelegatedAway(String name, HostedZones.DnsZone zone) {
            var cut = name;
            while (!cut.equals(zone.facts().name())) {
                if (zone.records().named(cut).stream().anyMatch(s -> s.type().equals("NS"))) {
                    return true;
                }
                cut = cut.substring(cut.indexOf('.') + 1);
            }
            return false;
        }

        private List<RecordSet> wildcard(String name, HostedZones.DnsZone zone) {
            var encloser = name;
            do {
                encloser = encloser.substring(encloser.indexOf('.') + 1);
            } while (!zone.records().hasNameAtOrBelow(encloser));
            return zone.records().named("\\052." + encloser);
        }

        /// Of multivalue record sets at most eight, chosen at random; of weighted and the like, one.
        private List<RecordSet> shown(List<RecordSet> sets) {
            var chosen = new ArrayList<>(sets);
            if (sets.stream().anyMatch(s -> s.routing() != RoutingPolicy.SIMPLE)) {
                settings.shuffle(chosen);
                boolean multivalue = sets.getFirst().routing() == RoutingPolicy.MULTIVALUE;
                return chosen.subList(0, Math.min(chosen.size(), multivalue ? MULTIVALUE_SHOWN : 1));
            }
            return chosen;
        }

        private Optional<Record> soa(HostedZones.DnsZone zone) {
            return zone.records().named(zone.facts().name()).stream()
                    .filter(s -> s.type().equals("SOA"))
                    .findFirst()
                    .map(s -> RecordData.dnsRecord(
                            Names.dns(s.name()), s, s.values().getFirst()));
        }

        /// `ns2.z7.nameservers.test.` is the second DNS server of the simulator.
        private void nameServer(Name qname, String name) {
            response.getHeader().setFlag(Flags.AA);
            var host = name.split("\\.")[0];
            if (!host.matches("ns[0-9]{1,3}") || Integer.parseInt(host.substring(2)) >= servers.size()) {
                response.getHeader().setRcode(Rcode.NXDOMAIN);
            } else if (type == Type.A || type == Type.AAAA) {
                var address = servers.get(Integer.parseInt(host.substring(2)));
                boolean fits = address.getAddress().length == (type == Type.A ? 4 : 16);
                if (fits) {
                    response.addRecord(
                            type == Type.A
                                    ? new ARecord(qname, DClass.IN, NEGATIVE_TTL, address)
                                    : new AAAARecord(qname, DClass.IN, NEGATIVE_TTL, address),
                            Section.ANSWER);
                    return;
                }
            }
            response.addRecord(rootSoa(), Section.AUTHORITY);
        }

        /// The rest of the world: the names above a held zone exist, nothing else does.
        private void outside(String name) {
            if (!zones.isAboveAZone(name)) {
                response.getHeader().setRcode(Rcode.NXDOMAIN);
            }
            response.addRecord(rootSoa(), name.equals(".") && type == Type.SOA ? Section.ANSWER : Section.AUTHORITY);
        }

        private Record rootSoa() {
            var host = Names.dns("a.root." + HostedZones.NAME_SERVERS);
            return new SOARecord(
                    Name.root, DClass.IN, NEGATIVE_TTL, host, host, 1, 7_200, 900, 1_209_600, NEGATIVE_TTL);
        }
    }
}
