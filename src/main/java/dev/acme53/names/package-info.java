/// Values that every room may use.
@NullMarked
package dev.acme53.names;

import org.jspecify.annotations.NullMarked;
