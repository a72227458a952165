/// What every stage stands on: work off the reconcile thread, status writes, events, back-off, Secrets of one
/// namespace.
@NullMarked
package dev.acme53.reconcile;

import org.jspecify.annotations.NullMarked;
