/// Order → ACME order, authorizations, Challenges, finalization, certificate chain.
@NullMarked
package dev.acme53.order;

import org.jspecify.annotations.NullMarked;
