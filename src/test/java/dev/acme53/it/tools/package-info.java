/// The tools on a real API server, as a user runs them.
@NullMarked
package dev.acme53.it.tools;

import org.jspecify.annotations.NullMarked;
