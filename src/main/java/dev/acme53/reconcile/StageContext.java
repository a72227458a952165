package dev.acme53.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What every stage is given: the API server, how to write to it, time and chance.
///
/// @param clusterResourceNamespace where ClusterIssuers find their Secrets and ServiceAccounts
/// (`--cluster-resource-namespace`)
/// @param onlyNamespace the one namespace that is served (`--namespace`); empty: all of them. With one
/// namespace there are no ClusterIssuers
/// @param kinds the informers that stages share
public record StageContext(
        KubernetesClient client,
        StatusWriter status,
        EventRecorder events,
        InstantSource clock,
        RandomGenerator random,
        String clusterResourceNamespace,
        Optional<String> onlyNamespace,
        WatchedKinds kinds) {}
