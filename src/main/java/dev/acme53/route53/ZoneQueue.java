package dev.acme53.route53;

import java.time.Instant;

/// The records that are wanted in a hosted zone and that Route 53 has not accepted or refused yet.
///
/// @param records how many, one that several want as often as they do
/// @param oldest since when the first of them is wanted
public record ZoneQueue(String partition, String zoneId, int records, Instant oldest) {
    /// Both queues as one.
    ZoneQueue and(ZoneQueue other) {
        return new ZoneQueue(
                partition, zoneId, records + other.records, oldest.isBefore(other.oldest) ? oldest : other.oldest);
    }
}
