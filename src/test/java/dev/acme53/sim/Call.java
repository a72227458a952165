package dev.acme53.sim;

import java.time.Instant;
import java.util.Map;

/// One call as the simulator saw it, answered or not.
///
/// @param action AWS's name of the operation; for [Operation#OTHER] the method and path
/// @param accessKeyId empty when the call was not signed
/// @param principal the ARN that the key stands for; empty when unknown
/// @param zoneId empty when the operation has none
/// @param region the signing region; empty when the call was not signed
/// @param parameters of the query or the form, web identity tokens included
/// @param changes the number of record changes in it
/// @param status 0 when the connection was dropped
/// @param errorCode empty for a success
public record Call(
        Instant at,
        Operation operation,
        String action,
        String accessKeyId,
        String principal,
        String zoneId,
        String region,
        String userAgent,
        Map<String, String> parameters,
        int changes,
        int status,
        String errorCode,
        String requestId) {
    public Call {
        parameters = Map.copyOf(parameters);
    }
}
