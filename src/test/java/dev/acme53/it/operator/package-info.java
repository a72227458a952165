/// The program itself on a real API server: it starts, stands by, takes over, ends, and says what is wrong.
@NullMarked
package dev.acme53.it.operator;

import org.jspecify.annotations.NullMarked;
