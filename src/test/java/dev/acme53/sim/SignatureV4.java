package dev.acme53.sim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// AWS Signature Version 4 in the `Authorization` header, from the verifier's side. The request's date is not
/// compared with the clock, since tests move the clock and SDKs do not.
final class SignatureV4 {
    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/,]+)/([0-9]{8})/([^/,]+)/([^/,]+)/aws4_request, ?"
                    + "SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

    private SignatureV4() {}

    /// The parts of an `Authorization` header.
    record Authorization(
            String accessKeyId,
            String date,
            String region,
            String service,
            List<String> signedHeaders,
            String signature) {
        String scope() {
            return "%s/%s/%s/aws4_request".formatted(date, region, service);
        }
    }

    /// @throws Refusal `MissingAuthenticationToken`, `IncompleteSignature`
    static Authorization authorization(Request request) {
        var header = request.header("authorization");
        if (header.isEmpty()) {
            throw new Refusal(403, "MissingAuthenticationToken", "Missing Authentication Token");
        }
        var matcher = AUTHORIZATION.matcher(header);
        if (!matcher.matches()) {
            throw new Refusal(400, "IncompleteSignature", "Authorization header is not in Signature Version 4");
        }
        return new Authorization(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                matcher.group(4),
                List.of(matcher.group(5).split(";")),
                matcher.group(6));
    }

    /// Was the request signed with the secret, for the service?
    ///
    /// @throws Refusal `SignatureDoesNotMatch`
    static void verify(Request request, Authorization authorization, String service, String secret) {
        if (!authorization.service().equals(service)) {
            throw doesNotMatch("Credential should be scoped to correct service: '%s'.".formatted(service));
        }
        if (!authorization.signedHeaders().contains("host")) {
            throw doesNotMatch("'Host' must be a 'SignedHeader' in the AWS Authorization.");
        }
        var expected = signature(request, authorization, secret);
        if (!MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                authorization.signature().getBytes(StandardCharsets.US_ASCII))) {
            throw doesNotMatch(
                    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
                            + "Key and signing method. Consult the service documentation for details.");
        }
    }

    private static Refusal doesNotMatch(String text) {
        return new Refusal(403, "SignatureDoesNotMatch", text);
    }

    static String signature(Request request, Authorization authorization, String secret) {
        var toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                request.header("x-amz-date"),
                authorization.scope(),
                sha256(canonical(request, authorization.signedHeaders()).getBytes(StandardCharsets.UTF_8)));
        var key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), authorization.date());
        key = hmac(key, authorization.region());
        key = hmac(key, authorization.service());
        key = hmac(key, "aws4_request");
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static String canonical(Request request, List<String> signedHeaders) {
        var headers = new StringBuilder();
        for (var name : signedHeaders) {
            headers.append(name)
                    .append(':')
                    .append(request.header(name).strip().replaceAll(" +", " "))
                    .append('\n');
        }
        return String.join(
                "\n",
                request.method(),
                encoded(request.path(), true),
                canonicalQuery(request.query()),
                headers,
                String.join(";", signedHeaders),
                payloadHash(request));
    }

    private static String payloadHash(Request request) {
        var claimed = request.header("x-amz-content-sha256");
        return claimed.equals("UNSIGNED-PAYLOAD") ? claimed : sha256(request.body());
    }

    private static String canonicalQuery(String query) {
        var pairs = new ArrayList<String>();
        for (var pair : query.split("&")) {
            if (!pair.isEmpty()) {
                var parts = pair.split("=", 2);
                pairs.add(encoded(decoded(parts[0]), false) + "="
                        + (parts.length == 1 ? "" : encoded(decoded(parts[1]), false)));
            }
        }
        return String.join("&", pairs.stream().sorted().toList());
    }

    /// In a query a plus is a plus.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// The path goes in encoded once more than it was sent, as for every service but S3.
    private static String encoded(String text, boolean isPath) {
        var result = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
            result.append(plain || isPath && c == '/' ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return result.toString();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
