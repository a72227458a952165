/// The status page: what waits, where, since when and for what, read from caches and rendered as HTML without scripts.
@NullMarked
package dev.acme53.status;

import org.jspecify.annotations.NullMarked;
