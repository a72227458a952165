package dev.acme53.issuer;

import dev.acme53.acme.AcmeServer;
import dev.acme53.acme.Eab;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an issuer asks its CA for. Two that are equal get the same answer, so the second is not asked while the
/// first is being answered or has been refused.
///
/// @param email as the spec has it
/// @param keyHash of the account key
/// @param generation of the issuer: whoever edits it wants another try
record AccountWish(
        AcmeServer server,
        String keyHash,
        String email,
        Optional<Eab> eab,
        @Nullable Long generation) {}
