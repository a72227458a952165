package dev.acme53.sim;

import java.util.List;
import java.util.Map;

/// What a policy is asked.
///
/// @param action `route53:GetChange`
/// @param resource an ARN, or `*` for actions without a resource
/// @param keys the values of multivalued condition keys
record IamRequest(String action, String resource, Map<String, List<String>> keys) {
    IamRequest(String action, String resource) {
        this(action, resource, Map.of());
    }
}
