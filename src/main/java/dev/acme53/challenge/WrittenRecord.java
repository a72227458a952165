package dev.acme53.challenge;

import dev.acme53.api.Annotations;
import dev.acme53.api.Challenge;
import dev.acme53.names.DnsName;
import dev.acme53.route53.ChallengeRecord;
import dev.acme53.route53.HostedZones;
import dev.acme53.route53.WantedRecord;
import dev.acme53.route53.WantedRecord.Merged;
import dev.acme53.route53.WantedRecord.Presence;
import dev.acme53.route53.ZoneChoice;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a Challenge's record is, or is about to be: kept in the annotation `acme53.dev/route53-change` as
/// `ZONE/NAME/CHANGE`, so that a restart polls on and clean-up finds the record although CNAMEs or zones changed.
///
/// Anyone who may edit Challenges may write the annotation, so it counts only in its exact form and where the
/// Challenge's solver allows that zone and name. It is never where a record is written; and a deletion is always of
/// the value in `spec.key` (ADR 7).
///
/// @param change empty until Route 53 has accepted it
/// @param isMerged whether the value stands among those of somebody else's simple record (then the text ends in
/// `/merged`)
record WrittenRecord(String zoneId, DnsName name, Optional<String> change, boolean isMerged) {
    private static final String MERGED = "/merged";
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9]{1,32})/([^/]{1,254})/([A-Za-z0-9-]{0,64})(" + MERGED + ")?");

    /// A place to write to.
    static WrittenRecord at(String zoneId, DnsName name) {
        return new WrittenRecord(zoneId, name, Optional.empty(), false);
    }

    /// What the annotation of `challenge` says; empty when there is none or it is not to be believed.
    static Optional<WrittenRecord> of(Challenge challenge) {
        var annotations = challenge.getMetadata().getAnnotations();
        var text = annotations == null ? null : annotations.get(Annotations.ROUTE53_CHANGE);
        return text == null ? Optional.empty() : parse(text).filter(w -> w.isPossibleFor(challenge));
    }

    private static Optional<WrittenRecord> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var change = matcher.group(3);
        return DnsName.parse(matcher.group(2))
                .map(name -> new WrittenRecord(
                        matcher.group(1),
                        name,
                        change.isEmpty() ? Optional.empty() : Optional.of(change),
                        matcher.group(4) != null));
    }

    private boolean isPossibleFor(Challenge challenge) {
        var spec = challenge.getSpec();
        var zone = spec.solver().route53().orElseThrow().hostedZoneID();
        return (zone.isBlank() || HostedZones.byId(zone).equals(new ZoneChoice.Found(zoneId)))
                && (spec.solver().followsCnames()
                        || ChallengeName.of(spec).filter(name::equals).isPresent());
    }

    boolean isAtPlaceOf(WrittenRecord other) {
        return zoneId.equals(other.zoneId) && name.equals(other.name);
    }

    WrittenRecord withChange(String id, boolean merged) {
        return new WrittenRecord(zoneId, name, Optional.of(id), merged);
    }

    /// Whether the value stands in a simple record. A process may have ended before it could say so.
    private Merged merged() {
        return isMerged ? Merged.YES : change.isEmpty() ? Merged.PERHAPS : Merged.NO;
    }

    /// The wish for this record of `challenge`.
    WantedRecord wanted(Challenge challenge, Presence presence) {
        return new WantedRecord(new ChallengeRecord(name, challenge.getSpec().key()), presence, merged());
    }

    /// The annotation's text.
    String text() {
        return zoneId + "/" + name + "/" + change.orElse("") + (isMerged ? MERGED : "");
    }
}
