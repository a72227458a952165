package dev.acme53.sim;

/// How Route 53 chooses among record sets of one name and type. Those with a set identifier never mix with
/// another policy.
public enum RoutingPolicy {
    SIMPLE("simple"),
    MULTIVALUE("multivalue answer"),
    WEIGHTED("weighted"),
    LATENCY("latency"),
    FAILOVER("failover");

    private final String words;

    RoutingPolicy(String words) {
        this.words = words;
    }

    /// The policy's name inside AWS's messages.
    String words() {
        return words;
    }
}
