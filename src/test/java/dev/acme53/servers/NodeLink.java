package dev.acme53.servers;

/// The link between this machine and a [LocalCluster], and the addresses of its two ends. Of the JVMs that run tests
/// side by side each has one of its own.
///
/// The range is set aside for measurements of networks (RFC 2544), so that nobody has it.
///
/// @param number from 0 to 63
record NodeLink(int number) {
    /// That of this JVM, by the number that Maven gives it; 0 elsewhere.
    static NodeLink own() {
        return new NodeLink(Integer.getInteger("acme53.test.node", 0));
    }

    String name() {
        return "acme53-node" + number;
    }

    /// This machine's end.
    String host() {
        return "198.18.53." + (4 * number + 1);
    }

    String node() {
        return "198.18.53." + (4 * number + 2);
    }
}
