/// What an account asks of a CA, against a real one and against one that misbehaves.
@NullMarked
package dev.acme53.it.acme;

import org.jspecify.annotations.NullMarked;
