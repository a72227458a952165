package dev.acme53.tools.takeover;

import dev.acme53.tools.ServiceAccount;

/// How acme53 is going to run.
///
/// @param account its ServiceAccount
/// @param clusterResourceNamespace its `--cluster-resource-namespace`
/// @param leaseNamespace its `--leader-election-namespace`
record Intent(ServiceAccount account, String clusterResourceNamespace, String leaseNamespace) {}
