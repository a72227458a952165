package dev.acme53.aws;

import dev.acme53.names.CleanedMessage;
import dev.acme53.names.NetworkFault;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;

/// The two calls of STS, and why it said no. Nothing is sent that a solver or profile does not ask for (route53.md R9,
/// R34).
final class StsCalls {
    private static final Logger LOG = LoggerFactory.getLogger(StsCalls.class);

    /// Of AWS's refusal. A caller's own ARN is told nowhere else to whom may not ask for it.
    private static final Pattern CALLER =
            Pattern.compile("User: (arn:\\S{1,2048}) is not authorized to perform: sts:AssumeRole\\b");

    private final StsClient client;

    /// @param client without credentials, for the region and partition that the session is for
    StsCalls(StsClient client) {
        this.client = client;
    }

    /// `AssumeRole`, signed with the credentials of `by`. Whom AWS refuses it as the role that it is already, goes on
    /// with what it has (ADR 14).
    /// @param stale told when AWS does not accept those
    Fetch assumeRole(RoleRequest role, Fetch.Got by, Runnable stale) {
        try {
            var answer = client.assumeRole(r -> {
                r.roleArn(role.arn()).roleSessionName(role.sessionName());
                role.duration().ifPresent(d -> r.durationSeconds(Math.toIntExact(d.toSeconds())));
                if (!role.externalId().isEmpty()) {
                    r.externalId(role.externalId());
                }
                r.overrideConfiguration(c -> c.credentialsProvider(StaticCredentialsProvider.create(by.credentials())));
            });
            return session(answer.credentials(), answer.assumedRoleUser());
        } catch (SdkException e) {
            if (StaleCredentials.isSaidBy(e)) {
                stale.run();
            }
            if (!StaleCredentials.code(e).equals("AccessDenied")) {
                return new Fetch.Failed(Refusals.ROLE + said("AssumeRole", e));
            }
            if (!role.isHeldBy(refusedCaller(e))) {
                return new Fetch.Failed(Refusals.ROLE + said("AssumeRole", e) + Refusals.ROLE_DENIED_HINT);
            }
            LOG.atInfo().addKeyValue("value", role.arn()).log(RoleRequest.HELD);
            return by;
        }
    }

    /// Who was refused; empty when AWS did not say.
    private static String refusedCaller(SdkException e) {
        var caller = CALLER.matcher(words(e));
        return caller.find() ? caller.group(1) : "";
    }

    /// `AssumeRoleWithWebIdentity`, which is not signed: the token speaks for itself.
    /// @param subject who the token says it is, for the message; empty when not known
    Fetch assumeRoleWithWebIdentity(String role, String sessionName, String token, String subject) {
        try {
            var answer = client.assumeRoleWithWebIdentity(
                    r -> r.roleArn(role).roleSessionName(sessionName).webIdentityToken(token));
            return session(answer.credentials(), answer.assumedRoleUser());
        } catch (SdkException e) {
            return new Fetch.Failed(Refusals.WEB_IDENTITY
                    + said("AssumeRoleWithWebIdentity", e, words(e).replace(token, "…"))
                    + Refusals.webIdentityHint(StaleCredentials.code(e), subject));
        }
    }

    /// `GetCallerIdentity`, signed with `credentials`.
    CallerIdentity callerIdentity(AwsCredentials credentials) {
        try {
            var answer = client.getCallerIdentity(r ->
                    r.overrideConfiguration(c -> c.credentialsProvider(StaticCredentialsProvider.create(credentials))));
            return new CallerIdentity.Known(answer.account(), answer.arn());
        } catch (SdkException e) {
            return new CallerIdentity.Unknown(said("GetCallerIdentity", e));
        }
    }

    private static Fetch session(Credentials session, AssumedRoleUser holder) {
        return Fetch.Got.session(
                session.accessKeyId(),
                session.secretAccessKey(),
                session.sessionToken(),
                session.expiration(),
                holder == null ? "" : Objects.requireNonNullElse(holder.arn(), ""));
    }

    private static String said(String operation, SdkException e) {
        return said(operation, e, words(e));
    }

    /// AWS's code and cleaned message, never `getMessage()`, which ends in a request id (route53.md R64).
    /// @param message AWS's, without what must not be shown
    private static String said(String operation, SdkException e, String message) {
        var code = StaleCredentials.code(e);
        if (!code.isEmpty()) {
            var words = CleanedMessage.of(message);
            return "operation error STS: " + operation + ", " + code + (words.isEmpty() ? "" : ": " + words);
        }
        return "operation error STS: " + operation + ", "
                + (e instanceof AwsServiceException answered
                        ? "HTTP status " + answered.statusCode()
                        : withoutAnswer(e));
    }

    /// AWS's own message; empty when none came.
    private static String words(SdkException e) {
        return e instanceof AwsServiceException answered && answered.awsErrorDetails() != null
                ? Objects.requireNonNullElse(answered.awsErrorDetails().errorMessage(), "")
                : "";
    }

    private static String withoutAnswer(SdkException e) {
        return switch (e) {
            case ApiCallTimeoutException _ -> "timed out";
            case ApiCallAttemptTimeoutException _ -> "timed out";
            default -> NetworkFault.words(e).orElse("no answer from AWS");
        };
    }
}
