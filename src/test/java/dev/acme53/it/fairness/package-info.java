/// A tenant with much to do does not keep another waiting.
@NullMarked
package dev.acme53.it.fairness;

import org.jspecify.annotations.NullMarked;
