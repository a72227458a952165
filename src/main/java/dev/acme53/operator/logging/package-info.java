/// The log: one line an event on stderr, as text or JSON, with its key-values and the object being reconciled.
@NullMarked
package dev.acme53.operator.logging;

import org.jspecify.annotations.NullMarked;
