package dev.acme53.aws;

import software.amazon.awssdk.services.route53.Route53Client;

/// Credentials and region at work.
public interface AwsSession {
    /// Stands for the credentials, the same as long as they are the same; holds no secret.
    String identity();

    /// Of AWS: `aws`, `aws-cn`, `aws-us-gov` …
    String partition();

    /// The shared client; not to be closed by who asks. It signs each call with what the credentials are then.
    Route53Client route53();

    /// Whether there are credentials to sign with, at hand or to be had anew. Blocks.
    boolean canSign();

    /// Who and where this is, for people.
    SessionDescription description();
}
