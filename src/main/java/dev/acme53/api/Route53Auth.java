package dev.acme53.api;

import org.jspecify.annotations.Nullable;

/// Another way to prove who we are to AWS.
@OmitEmpty
public record Route53Auth(@Nullable KubernetesAuth kubernetes) {}
