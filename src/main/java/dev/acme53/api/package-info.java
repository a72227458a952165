/// The six kinds as users write them, their names on other objects, and the decisions that belong to one object
/// alone.
///
/// Values are immutable records. What a user left out reads as an empty text, list or map where Kubernetes does not
/// tell the two apart, and as null (`@Nullable`) where it does; writing leaves out what Go's `omitempty` leaves out.
/// Times have whole seconds, durations stay the text that was written ([GoDuration] reads it).
@NullMarked
package dev.acme53.api;

import org.jspecify.annotations.NullMarked;
