/// Private keys, certificate signing requests, certificate chains: parsed at the border into values, built from
/// values. Everything read here may be hostile, so nothing but a bug throws: what cannot be read is a result
/// with a reason. Bouncy Castle is used where the JDK has nothing.
@NullMarked
package dev.acme53.x509;

import org.jspecify.annotations.NullMarked;
