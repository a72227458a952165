/// Issuer and ClusterIssuer: from the spec to an ACME account that is registered.
@NullMarked
package dev.acme53.issuer;

import org.jspecify.annotations.NullMarked;
