/// What cert-manager left is gone on with.
package dev.acme53.it.takeover;
