package dev.acme53.certificate;

import dev.acme53.api.EventReasons;
import dev.acme53.api.FieldManagers;
import dev.acme53.certificate.CertificateStep.DeleteNextKeys;
import dev.acme53.certificate.CertificateStep.Edit;
import dev.acme53.certificate.CertificateStep.GenerateNextKey;
import dev.acme53.certificate.CertificateStep.LookAtNextKey;
import dev.acme53.certificate.CertificateStep.NameNextKey;
import dev.acme53.certificate.CertificateStep.ReadTarget;
import dev.acme53.certificate.CertificateStep.ReuseKey;
import dev.acme53.certificate.CertificateStep.Wait;
import dev.acme53.certificate.SecretFacts.KeyFact;
import dev.acme53.x509.KeySpec;
import dev.acme53.x509.PrivateKeys;
import java.util.List;
import java.util.Optional;

/// What is done about the next private key while `Issuing` is True (behaviour.md §1.4).
final class NextKeyDecision {
    private NextKeyDecision() {}

    /// Empty when there is a key that can be used.
    static Optional<CertificateStep> next(Picture p) {
        var named = p.status().nextPrivateKeySecretName();
        if (named == null) {
            return Optional.of(unnamed(p));
        }
        var others = p.nextKeys().stream().filter(s -> !s.name().equals(named)).toList();
        if (!others.isEmpty()) {
            return Optional.of(new DeleteNextKeys(others, Optional.empty()));
        }
        var wanted = SpecValues.key(p.spec());
        if (wanted.isEmpty()) {
            return Issuance.waitFor(p, "another spec: there is no private key of that algorithm and size")
                    .or(() -> Optional.of(Wait.forEvents()));
        }
        return switch (p.nextKey()) {
            case NextKey.Unknown _ -> Optional.of(new LookAtNextKey(named));
            case NextKey.Foreign _ -> Optional.of(new NameNextKey());
            case NextKey.Broken(var secret, var _) ->
                Optional.of(new DeleteNextKeys(List.of(secret), Optional.empty()));
            case NextKey.Absent _ -> absent(p, named, wanted.get());
            case NextKey.Usable(var secret, var key) ->
                PrivateKeys.matches(key, wanted.get()) ? Optional.empty() : Optional.of(unsuitable(secret));
        };
    }

    private static CertificateStep unnamed(Picture p) {
        return switch (p.nextKeys().size()) {
            case 0 -> new NameNextKey();
            case 1 ->
                Edit.silent(new StatusEdit.NextKeyName(p.nextKeys().getFirst().name()));
            default -> new DeleteNextKeys(p.nextKeys(), Optional.empty());
        };
    }

    private static CertificateStep unsuitable(SecretIdentity secret) {
        return new DeleteNextKeys(
                List.of(secret),
                Optional.of(Announcement.normal(
                        FieldManagers.KEY_MANAGER,
                        EventReasons.Certificate.DELETED,
                        "The private key in Secret " + secret.name()
                                + " is not what spec.privateKey asks for any more; making another")));
    }

    private static Optional<CertificateStep> absent(Picture p, String name, KeySpec wanted) {
        return SpecValues.reusesKey(p.spec()) ? reuse(p, name, wanted) : Optional.of(generate(name, wanted));
    }

    private static Optional<CertificateStep> reuse(Picture p, String name, KeySpec wanted) {
        return switch (p.target()) {
            case TargetSecret.Missing _ -> Optional.of(generate(name, wanted));
            case TargetSecret.InOrder _ -> Optional.of(new ReadTarget());
            case TargetSecret.Read(var facts) ->
                switch (facts.key()) {
                    case KeyFact.None _ -> Optional.of(generate(name, wanted));
                    case KeyFact.Undecodable(var reason) ->
                        Optional.of(new GenerateNextKey(
                                name,
                                wanted,
                                Optional.of(Announcement.warning(
                                        FieldManagers.KEY_MANAGER,
                                        EventReasons.Certificate.DECODE_FAILED,
                                        "The private key in Secret " + p.spec().secretName() + " cannot be read ("
                                                + reason + "); making another"))));
                    case KeyFact.Usable(var key) ->
                        PrivateKeys.matches(key, wanted) ? Optional.of(new ReuseKey(name)) : cannotReuse(p);
                };
        };
    }

    /// The user must change the spec, or delete the key.
    private static Optional<CertificateStep> cannotReuse(Picture p) {
        var text = "the private key in Secret " + p.spec().secretName()
                + " is not of the algorithm and size that spec.privateKey asks for, and rotationPolicy Never forbids"
                + " another";
        return Issuance.waitFor(p, "a change by the user: " + text)
                .or(() -> Optional.of(new Wait(
                        Optional.empty(),
                        Optional.of(Announcement.warning(
                                FieldManagers.KEY_MANAGER, EventReasons.Certificate.CANNOT_REGENERATE_KEY, text)))));
    }

    private static CertificateStep generate(String name, KeySpec wanted) {
        return new GenerateNextKey(name, wanted, Optional.empty());
    }
}
