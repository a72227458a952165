package dev.acme53.sim;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;

/// The regional endpoint of STS: the two ways to a role, by AWS's query protocol of 2011-06-15.
///
/// `GetCallerIdentity` needs no permission in AWS. Here it does, so that a controller which calls it is found
/// out.
final class StsEndpoint implements AwsServer.Service {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    private static final Duration CHAINED_MAXIMUM = Duration.ofHours(1);

    private final Accounts accounts;
    private final Authentication authentication;
    private final Faults faults;
    private final SimulatorSettings settings;

    StsEndpoint(Accounts accounts, Faults faults, SimulatorSettings settings) {
        this.accounts = accounts;
        this.authentication = new Authentication(accounts, settings);
        this.faults = faults;
        this.settings = settings;
    }

    @Override
    public Answer answer(CallInProgress call, String requestId) {
        var form = call.request().form();
        var action = form.getOrDefault("Action", "");
        var operation = Arrays.stream(Operation.values())
                .filter(o -> o.service().equals("sts") && o.action().equals(action))
                .findFirst()
                .orElse(Operation.OTHER);
        call.asks(operation, action, form);
        AwsServer.pause(settings.answerAfter());
        return Answer.ok(
                switch (operation) {
                    case ASSUME_ROLE -> assumeRole(call, form, requestId);
                    case ASSUME_ROLE_WITH_WEB_IDENTITY -> assumeRoleWithWebIdentity(call, form, requestId);
                    case GET_CALLER_IDENTITY -> callerIdentity(call, requestId);
                    case CHANGE_RESOURCE_RECORD_SETS,
                            GET_CHANGE,
                            LIST_HOSTED_ZONES_BY_NAME,
                            LIST_RESOURCE_RECORD_SETS,
                            CREATE_HOSTED_ZONE,
                            OTHER ->
                        throw new Refusal(
                                400,
                                "InvalidAction",
                                "Could not find operation %s for version 2011-06-15".formatted(action));
                });
    }

    private String assumeRole(CallInProgress call, Map<String, String> form, String requestId) {
        var caller = authentication.authenticate(call, "sts");
        faults.strike(call);
        var arn = required(form, "RoleArn");
        var role = accounts.role(arn)
                .filter(r -> r.trusts().stream().anyMatch(t -> isTrusted(t, caller, r)))
                .orElseThrow(() -> new Refusal(
                        403,
                        "AccessDenied",
                        "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                                .formatted(caller.arn(), arn)));
        if (caller.isSession() && lifetime(form).compareTo(CHAINED_MAXIMUM) > 0) {
            throw new Refusal(
                    400,
                    "ValidationError",
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        return sessionXml("AssumeRole", role, form, "", requestId);
    }

    /// A principal named outright needs no more inside its own account; from another account, or by way of the
    /// whole account, its own policy must allow the call as well.
    private boolean isTrusted(Role.Trust trust, Identity caller, Role role) {
        return switch (trust) {
            case Role.Trust.WebIdentity _ -> false;
            case Role.Trust.Principal(String arn) -> {
                boolean byName = arn.equals(caller.arn()) || arn.equals(caller.policyArn());
                boolean byAccount = arn.equals("arn:aws:iam::%s:root".formatted(caller.account()));
                boolean sameAccount = role.account().equals(caller.account());
                yield byName && sameAccount
                        || (byName || byAccount)
                                && accounts.allows(
                                        caller, new IamRequest(Operation.ASSUME_ROLE.iamAction(), role.arn()));
            }
        };
    }

    private String assumeRoleWithWebIdentity(CallInProgress call, Map<String, String> form, String requestId) {
        if (!call.request().header("authorization").isEmpty()) {
            call.signedBy(SignatureV4.authorization(call.request()));
        }
        faults.strike(call);
        var token = required(form, "WebIdentityToken");
        var arn = required(form, "RoleArn");
        var identity = WebIdentity.verified(token, accounts, settings.clock().instant());
        var role = accounts.role(arn)
                .filter(r -> r.trusts().stream().anyMatch(identity::satisfies))
                .orElseThrow(() ->
                        new Refusal(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"));
        var provider = Xml.text("SubjectFromWebIdentityToken", identity.subject())
                + Xml.text("Audience", identity.audiences().getFirst())
                + Xml.text("Provider", identity.issuer());
        return sessionXml("AssumeRoleWithWebIdentity", role, form, provider, requestId);
    }

    private String callerIdentity(CallInProgress call, String requestId) {
        var caller = authentication.authenticate(call, "sts");
        faults.strike(call);
        accounts.require(caller, new IamRequest(Operation.GET_CALLER_IDENTITY.iamAction(), "*"));
        return response(
                "GetCallerIdentity",
                Xml.text("Arn", caller.arn())
                        + Xml.text("UserId", caller.key().id())
                        + Xml.text("Account", caller.account()),
                requestId);
    }

    private String sessionXml(String action, Role role, Map<String, String> form, String more, String requestId) {
        var name = required(form, "RoleSessionName");
        if (!name.matches("[\\w+=,.@-]{2,64}")) {
            throw new Refusal(
                    400,
                    "ValidationError",
                    ("1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint: Member must satisfy "
                                    + "regular expression pattern: [\\w+=,.@-]*")
                            .formatted(name));
        }
        var session = accounts.session(role, name, lifetime(form));
        return response(
                action,
                Xml.tag(
                                "Credentials",
                                Xml.text("AccessKeyId", session.key().id()),
                                Xml.text("SecretAccessKey", session.key().secret()),
                                Xml.text("SessionToken", session.sessionToken()),
                                Xml.text("Expiration", session.expires().truncatedTo(ChronoUnit.SECONDS)))
                        + Xml.tag(
                                "AssumedRoleUser",
                                Xml.text("AssumedRoleId", session.key().id() + ":" + name),
                                Xml.text("Arn", session.arn()))
                        + more,
                requestId);
    }

    private Duration lifetime(Map<String, String> form) {
        var seconds = form.get("DurationSeconds");
        return seconds == null ? settings.sessionLifetime() : Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static String required(Map<String, String> form, String parameter) {
        var value = form.getOrDefault(parameter, "");
        if (value.isEmpty()) {
            throw new Refusal(400, "MissingParameter", "The request must contain the parameter " + parameter);
        }
        return value;
    }

    private static String response(String action, String result, String requestId) {
        return Xml.document(
                action + "Response",
                NAMESPACE,
                Xml.tag(action + "Result", result),
                Xml.tag("ResponseMetadata", Xml.text("RequestId", requestId)));
    }

    @Override
    public Answer refused(Refusal refusal, String requestId) {
        return new Answer(
                refusal.status(),
                refusal.code(),
                Xml.document(
                        "ErrorResponse",
                        NAMESPACE,
                        Xml.tag(
                                "Error",
                                Xml.text("Type", refusal.status() < 500 ? "Sender" : "Receiver"),
                                Xml.text("Code", refusal.code()),
                                Xml.text("Message", refusal.text())),
                        Xml.text("RequestId", requestId)));
    }
}
