package dev.acme53.operator;

import dev.acme53.dns.Nameserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The recursive name servers in use: the flags', else the system's, else two public ones (behaviour.md §4.3).
final class RecursiveNameservers {
    private static final Path SYSTEM = Path.of("/etc/resolv.conf");

    private RecursiveNameservers() {}

    /// @param flags what `--dns01-recursive-nameservers` says, checked already
    static List<Nameserver> of(List<String> flags) {
        if (!flags.isEmpty()) {
            return flags.stream().map(Nameserver::of).toList();
        }
        var system = ofSystem();
        return system.isEmpty()
                ? Stream.of("8.8.8.8:53", "8.8.4.4:53").map(Nameserver::of).toList()
                : system;
    }

    private static List<Nameserver> ofSystem() {
        try {
            return Nameserver.ofResolvConf(Files.readString(SYSTEM));
        } catch (IOException e) {
            return List.of(); // not every system has one
        }
    }
}
