package dev.acme53.sim;

/// A finished HTTP answer.
///
/// @param errorCode AWS's code; empty for a success
record Answer(int status, String errorCode, String body) {
    static Answer ok(String body) {
        return new Answer(200, "", body);
    }
}
