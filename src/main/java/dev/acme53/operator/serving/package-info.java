/// What the process shows over HTTP: health and metrics.
@NullMarked
package dev.acme53.operator.serving;

import org.jspecify.annotations.NullMarked;
