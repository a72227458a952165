package dev.acme53.route53;

import dev.acme53.names.DnsName;

/// A public hosted zone as it is listed.
///
/// @param id without `/hostedzone/`
record ZoneEntry(String id, DnsName name) {}
