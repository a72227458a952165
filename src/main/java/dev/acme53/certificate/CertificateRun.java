package dev.acme53.certificate;

import dev.acme53.api.Certificate;
import dev.acme53.api.CertificateStatus;
import dev.acme53.api.FieldManagers;
import dev.acme53.x509.PrivateKeys;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What is known and decided in one reconcile of one Certificate. Lives as long as the reconcile, on its thread.
final class CertificateRun {
    /// Whose change gives a write its name, when there are several.
    private static final List<String> MANAGERS =
            List.of(FieldManagers.ISSUING, FieldManagers.TRIGGER, FieldManagers.KEY_MANAGER, FieldManagers.READINESS);

    private final CertificateSettings settings;
    private final Instant now;
    private final List<Certificate> competitors;
    private final List<StatusEdit> edits = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private Certificate certificate;
    private TargetSecret target;
    private OwnedRequests requests;
    private List<SecretIdentity> nextKeys;
    private NextKey nextKey = new NextKey.Unknown();
    private Optional<MadeKey> made = Optional.empty();
    private String unbuildable = "";
    private boolean upkept;

    CertificateRun(
            Certificate certificate,
            TargetSecret target,
            List<Certificate> competitors,
            OwnedRequests requests,
            List<SecretIdentity> nextKeys,
            CertificateSettings settings,
            Instant now) {
        this.certificate = certificate;
        this.target = target;
        this.competitors = competitors;
        this.requests = requests;
        this.nextKeys = nextKeys;
        this.settings = settings;
        this.now = now;
    }

    Picture picture() {
        return new Picture(
                certificate,
                change().apply(certificate.statusOrEmpty()),
                target,
                competitors,
                requests,
                nextKeys,
                nextKey,
                unbuildable,
                upkept,
                settings,
                now);
    }

    Certificate certificate() {
        return certificate;
    }

    void edit(StatusEdit edit, Optional<Announcement> announcement) {
        edits.add(edit);
        announcement.ifPresent(announcements::add);
    }

    boolean hasEdits() {
        return !edits.isEmpty();
    }

    /// All edits in their order.
    UnaryOperator<CertificateStatus> change() {
        var made = List.copyOf(edits);
        return status -> {
            var changed = status;
            for (var edit : made) {
                changed = edit.apply(changed);
            }
            return changed;
        };
    }

    String manager() {
        return MANAGERS.stream()
                .filter(m -> edits.stream().anyMatch(e -> e.manager().equals(m)))
                .findFirst()
                .orElse(FieldManagers.READINESS);
    }

    /// The edits are stored.
    /// @return what is to be said now
    List<Announcement> stored(Certificate stored) {
        certificate = stored;
        edits.clear();
        var said = List.copyOf(announcements);
        announcements.clear();
        return said;
    }

    void target(TargetSecret target) {
        this.target = target;
    }

    void upkept(TargetSecret target) {
        this.target = target;
        this.upkept = true;
    }

    void requests(OwnedRequests requests) {
        this.requests = requests;
    }

    void unbuildable(String reason) {
        this.unbuildable = reason;
    }

    /// The next private key is known now.
    void nextKey(NextKey key) {
        nextKey = key;
        if (key instanceof NextKey.Usable(var secret, var _)
                && nextKeys.stream().noneMatch(s -> s.name().equals(secret.name()))) {
            nextKeys = new ArrayList<>(nextKeys);
            nextKeys.add(secret);
        }
    }

    /// The next private key was made just now.
    /// @param key what it was made with; not this, when there was another
    void nextKey(NextKey stored, KeyPair key) {
        nextKey(stored);
        if (stored instanceof NextKey.Usable(var secret, var half) && PrivateKeys.same(half, key.getPublic())) {
            made = Optional.of(new MadeKey(secret, key));
        }
    }

    /// The private key of that Secret, if it was made in this reconcile: then it need not be read back.
    Optional<KeyPair> madeKey(SecretIdentity secret) {
        return made.filter(m -> m.secret().equals(secret)).map(MadeKey::pair);
    }

    private record MadeKey(SecretIdentity secret, KeyPair pair) {}

    /// Secrets of next private keys are gone.
    void withoutNextKeys(List<SecretIdentity> gone) {
        nextKeys = nextKeys.stream().filter(s -> !gone.contains(s)).toList();
        var named = picture().status().nextPrivateKeySecretName();
        if (named != null && gone.stream().anyMatch(s -> s.name().equals(named))) {
            nextKey = new NextKey.Absent(named);
        }
    }
}
