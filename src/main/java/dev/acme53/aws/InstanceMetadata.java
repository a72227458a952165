package dev.acme53.aws;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/// The credentials of an EC2 instance's role, by version 2 of its metadata service: a session token first, then the
/// role's name, then the credentials. Version 1 is never tried.
final class InstanceMetadata {
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
    private final LinkLocalHttp http;
    private final InstantSource clock;

    InstanceMetadata(LinkLocalHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    Fetch fetch(CredentialSource.Instance source) {
        var token = http.ask(
                "PUT",
                at(source, "/latest/api/token"),
                Map.of("X-aws-ec2-metadata-token-ttl-seconds", "300"),
                source.patience());
        return switch (token) {
            case LinkLocalHttp.Reply.Silence silence -> new Fetch.Failed(unreachable(source, silence.why()));
            case LinkLocalHttp.Reply.Answer answer
            when answer.status() == 403 ->
                new Fetch.Failed(words(source) + " refused a session token: it is switched off for this instance"
                        + " (http-endpoint)");
            case LinkLocalHttp.Reply.Answer answer
            when answer.status() != 200 ->
                new Fetch.Failed(words(source) + " gave no session token: HTTP status " + answer.status());
            case LinkLocalHttp.Reply.Answer answer ->
                withToken(source, answer.body().strip());
        };
    }

    private Fetch withToken(CredentialSource.Instance source, String token) {
        return switch (get(source, ROLES, token)) {
            case LinkLocalHttp.Reply.Silence silence -> new Fetch.Failed(unreachable(source, silence.why()));
            case LinkLocalHttp.Reply.Answer answer
            when answer.status() == 404
                    || (answer.status() == 200 && answer.body().isBlank()) ->
                new Fetch.Failed(words(source) + " says that the instance has no role");
            case LinkLocalHttp.Reply.Answer answer
            when answer.status() != 200 ->
                new Fetch.Failed(words(source) + " gave no role: HTTP status " + answer.status());
            case LinkLocalHttp.Reply.Answer answer ->
                ofRole(source, token, answer.body().strip().lines().findFirst().orElseThrow());
        };
    }

    private Fetch ofRole(CredentialSource.Instance source, String token, String role) {
        if (!role.matches("[\\w+=,.@-]{1,64}")) {
            return new Fetch.Failed(words(source) + " answered with a role that has no role's name");
        }
        return switch (get(source, ROLES + role, token)) {
            case LinkLocalHttp.Reply.Silence silence -> new Fetch.Failed(unreachable(source, silence.why()));
            case LinkLocalHttp.Reply.Answer answer
            when answer.status() != 200 ->
                new Fetch.Failed(
                        words(source) + " gave no credentials of role " + role + ": HTTP status " + answer.status());
            case LinkLocalHttp.Reply.Answer answer ->
                CredentialsDocument.read(answer.body(), words(source), "Token", clock.instant());
        };
    }

    private LinkLocalHttp.Reply get(CredentialSource.Instance source, String path, String token) {
        return http.ask("GET", at(source, path), Map.of("X-aws-ec2-metadata-token", token), source.patience());
    }

    private static String words(CredentialSource.Instance source) {
        return "the instance metadata at " + source.endpoint();
    }

    private static String unreachable(CredentialSource.Instance source, String why) {
        return words(source) + " did not answer (" + why
                + "): on EC2 a Pod reaches it only when the instance's metadata hop"
                + " limit is 2 or more (http-put-response-hop-limit); elsewhere, or where it is closed to Pods, use EKS Pod"
                + " Identity, IRSA or access keys";
    }

    private static URI at(CredentialSource.Instance source, String path) {
        var base = source.endpoint().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
