/// acme53: cert-manager's API for ACME certificates that are proven by DNS01 in Amazon Route 53.
@NullMarked
package dev.acme53;

import org.jspecify.annotations.NullMarked;
