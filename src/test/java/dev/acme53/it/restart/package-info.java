/// A controller that is killed at any moment: what it had begun is finished by the next, once.
@NullMarked
package dev.acme53.it.restart;

import org.jspecify.annotations.NullMarked;
