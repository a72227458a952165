package dev.acme53.sim;

import java.util.List;

/// An error answer of AWS, thrown from wherever it is decided and written out by the endpoint.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final List<String> messages;
    private final boolean legacy;

    Refusal(int status, String code, String message) {
        this(status, code, message, List.of(message), false);
    }

    private Refusal(int status, String code, String message, List<String> messages, boolean legacy) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.messages = List.copyOf(messages);
        this.legacy = legacy;
    }

    static Refusal invalidInput(String message) {
        return new Refusal(400, "InvalidInput", message);
    }

    static Refusal invalidChangeBatch(List<String> messages) {
        return invalidChangeBatch(messages, false);
    }

    /// `InvalidChangeBatch` as the document's root, as AWS wrote it in earlier years and emulators still do.
    static Refusal legacyInvalidChangeBatch(List<String> messages) {
        return invalidChangeBatch(messages, true);
    }

    private static Refusal invalidChangeBatch(List<String> messages, boolean legacy) {
        return new Refusal(400, "InvalidChangeBatch", "[" + String.join(", ", messages) + "]", messages, legacy);
    }

    static Refusal noSuchHostedZone(String id) {
        return new Refusal(404, "NoSuchHostedZone", "No hosted zone found with ID: " + id);
    }

    static Refusal noSuchChange(String id) {
        return new Refusal(404, "NoSuchChange", "Could not find resource with ID: " + id);
    }

    static Refusal throttling() {
        return new Refusal(400, "Throttling", "Rate exceeded");
    }

    static Refusal priorRequestNotComplete() {
        return new Refusal(
                400,
                "PriorRequestNotComplete",
                "The request was rejected because Route 53 was still processing a prior request.");
    }

    static Refusal accessDenied(String principal, String action, String resource) {
        return new Refusal(
                403,
                "AccessDenied",
                "User: %s is not authorized to perform: %s on resource: %s because no identity-based policy allows the %s action"
                        .formatted(principal, action, resource, action));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /// The single messages of an `InvalidChangeBatch`.
    List<String> messages() {
        return messages;
    }

    boolean legacy() {
        return legacy;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
