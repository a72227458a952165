package dev.acme53.sim;

/// What a caller may ask of the simulator. [#OTHER] is everything AWS has besides: always denied, since nothing
/// but the four documented actions of Route 53 (route53.md R4) may ever be called.
public enum Operation {
    CHANGE_RESOURCE_RECORD_SETS("route53", "ChangeResourceRecordSets"),
    GET_CHANGE("route53", "GetChange"),
    LIST_HOSTED_ZONES_BY_NAME("route53", "ListHostedZonesByName"),
    LIST_RESOURCE_RECORD_SETS("route53", "ListResourceRecordSets"),
    /// For set-up by a test; no controller's policy allows it.
    CREATE_HOSTED_ZONE("route53", "CreateHostedZone"),
    ASSUME_ROLE("sts", "AssumeRole"),
    ASSUME_ROLE_WITH_WEB_IDENTITY("sts", "AssumeRoleWithWebIdentity"),
    GET_CALLER_IDENTITY("sts", "GetCallerIdentity"),
    OTHER("", "");

    private final String service;
    private final String action;

    Operation(String service, String action) {
        this.service = service;
        this.action = action;
    }

    String service() {
        return service;
    }

    /// As an IAM policy names it: `route53:GetChange`.
    String iamAction() {
        return service + ":" + action;
    }

    /// As CloudTrail names it: `GetChange`.
    public String action() {
        return action;
    }
}
