package dev.acme53.sim;

import java.util.List;

/// A hosted zone's facts.
///
/// @param id without `/hostedzone/`
/// @param name in Route 53's form, with a trailing dot
/// @param account the twelve digits of the owner
/// @param isPrivate never answers in DNS
/// @param nameServers host names with a trailing dot, one for each DNS server of the simulator
public record Zone(String id, String name, String account, boolean isPrivate, List<String> nameServers) {
    public Zone {
        nameServers = List.copyOf(nameServers);
    }
}
