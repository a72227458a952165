/// Issuers and ClusterIssuers at strict CAs, by way of a real API server.
package dev.acme53.it.issuer;
