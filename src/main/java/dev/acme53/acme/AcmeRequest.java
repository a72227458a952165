package dev.acme53.acme;

import java.time.Duration;

/// One HTTP request to a CA that ended, refused nonces' repetitions included.
///
/// @param action what it was for, in the words of the metric's label (behaviour.md §7)
/// @param host with the port when it is not the scheme's own
/// @param status of HTTP; 999 when there was no answer
public record AcmeRequest(String action, String scheme, String host, String method, int status, Duration took) {}
