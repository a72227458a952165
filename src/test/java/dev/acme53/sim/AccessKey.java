package dev.acme53.sim;

/// The two halves of an access key that a user or an environment holds.
public record AccessKey(String id, String secret) {
    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
