package dev.acme53.api;

import org.jspecify.annotations.Nullable;

/// A ServiceAccount whose token AWS accepts.
@OmitEmpty
public record KubernetesAuth(@Nullable ServiceAccountRef serviceAccountRef) {}
