package dev.acme53.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a challenge stands (api.md §7.2).
@OmitEmpty
public record ChallengeStatus(
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean processing,
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean presented,
        @Rfc3339 @Nullable Instant presentedAt,
        String reason,
        @Nullable State state) {

    private static final ChallengeStatus EMPTY = new ChallengeStatus(false, false, null, "", null);

    public ChallengeStatus(
            boolean processing,
            boolean presented,
            @Nullable Instant presentedAt,
            @Nullable String reason,
            @Nullable State state) {
        this.processing = processing;
        this.presented = presented;
        this.presentedAt = Absent.orSeconds(presentedAt);
        this.reason = Absent.or(reason);
        this.state = state;
    }

    /// The status of an object that has none yet.
    public static ChallengeStatus empty() {
        return EMPTY;
    }

    public ChallengeStatus withProcessing(boolean processing) {
        return new ChallengeStatus(processing, presented, presentedAt, reason, state);
    }

    public ChallengeStatus withPresented(boolean presented) {
        return new ChallengeStatus(processing, presented, presentedAt, reason, state);
    }

    public ChallengeStatus withPresentedAt(@Nullable Instant presentedAt) {
        return new ChallengeStatus(processing, presented, presentedAt, reason, state);
    }

    public ChallengeStatus withReason(String reason) {
        return new ChallengeStatus(processing, presented, presentedAt, reason, state);
    }

    public ChallengeStatus withState(@Nullable State state) {
        return new ChallengeStatus(processing, presented, presentedAt, reason, state);
    }
}
