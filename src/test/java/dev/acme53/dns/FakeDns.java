package dev.acme53.dns;

import java.io.IOException;
import java.net.ConnectException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Name servers of which each says exactly what it was told; names with nothing told do not exist.
public final class FakeDns implements Exchange {
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final Map<String, List<Record>> records = new HashMap<>();
    private final Map<String, Integer> rcodes = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private final Map<String, Record> denials = new HashMap<>();

    /// @param record in zone file form, `name TTL TYPE data`, names absolute
    public FakeDns says(String server, String record) {
        var told = record(record);
        records.computeIfAbsent(key(server, told.getName(), told.getType()), _ -> new ArrayList<>())
                .add(told);
        names.add(server + " " + told.getName());
        return this;
    }

    /// Has a server give its reasons with every answer that holds nothing.
    /// @param soa as for [#says]
    FakeDns denies(String server, String soa) {
        denials.put(server, record(soa));
        return this;
    }

    private static Record record(String text) {
        try {
            var parts = text.split(" ", 4);
            return Record.fromString(
                    Name.fromString(parts[0]),
                    Type.value(parts[2]),
                    DClass.IN,
                    Long.parseLong(parts[1]),
                    parts[3],
                    Name.root);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    FakeDns forget(String server, String name, int type) {
        records.remove(key(server, absolute(name), type));
        return this;
    }

    FakeDns answersWith(String server, String name, int type, int rcode) {
        rcodes.put(key(server, absolute(name), type), rcode);
        return this;
    }

    FakeDns isSilent(String server) {
        silent.add(server);
        return this;
    }

    /// One of them, as whoever resolves names by it.
    public Resolvers resolvers(String server) {
        return Resolvers.over(this, List.of(Nameserver.of(server)), false, InstantSource.system());
    }

    @Override
    public Message ask(Nameserver server, Message query) throws IOException {
        var question = query.getQuestion();
        var where = server.toString();
        asked.add(where + " " + question.getName() + " " + Type.string(question.getType()));
        if (silent.contains(where)) {
            throw new ConnectException("connection to port " + asked.size() + " refused");
        }
        var answer = new Message(query.getHeader().getID());
        answer.addRecord(question, Section.QUESTION);
        var key = key(where, question.getName(), question.getType());
        var told = new ArrayList<>(records.getOrDefault(key, List.of()));
        if (told.isEmpty()) {
            told.addAll(records.getOrDefault(key(where, question.getName(), Type.CNAME), List.of()));
        }
        told.forEach(r -> answer.addRecord(r, Section.ANSWER));
        if (told.isEmpty() && denials.containsKey(where)) {
            answer.addRecord(denials.get(where), Section.AUTHORITY);
        }
        var rcode = names.contains(where + " " + question.getName()) ? Rcode.NOERROR : Rcode.NXDOMAIN;
        answer.getHeader().setRcode(rcodes.getOrDefault(key, rcode));
        return answer;
    }

    private static Name absolute(String name) {
        try {
            return Name.fromString(name);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String key(String server, Name name, int type) {
        return server + " " + name + " " + Type.string(type);
    }
}
