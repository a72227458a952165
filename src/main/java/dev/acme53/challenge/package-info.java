/// Challenge → TXT record → propagation → validation → clean-up.
@NullMarked
package dev.acme53.challenge;

import org.jspecify.annotations.NullMarked;
