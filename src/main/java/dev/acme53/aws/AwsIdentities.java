package dev.acme53.aws;

import dev.acme53.api.Route53Solver;

/// Who a solver is to AWS.
public interface AwsIdentities {
    /// Blocks while Secrets are read and AWS is asked. The answer follows changes of solver, Secrets and region at the
    /// next call; clients are shared among equal answers.
    Resolution resolve(Route53Solver solver, IssuerScope scope);
}
