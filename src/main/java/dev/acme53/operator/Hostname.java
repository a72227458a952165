package dev.acme53.operator;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The machine's name, which in a Pod is the Pod's.
final class Hostname {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private Hostname() {}

    static String of(Map<String, String> environment) {
        var named = environment.getOrDefault("HOSTNAME", "");
        if (!named.isBlank()) {
            return named;
        }
        try {
            return Files.isReadable(KERNEL)
                    ? Files.readString(KERNEL).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
