/// The peer's command-line client, the real one, on our objects.
@NullMarked
package dev.acme53.it.cmctl;

import org.jspecify.annotations.NullMarked;
