/// The simulator held against what others wrote: LocalStack's Route 53 and STS, Pebble's look-ups.
@NullMarked
package dev.acme53.it.simulator;

import org.jspecify.annotations.NullMarked;
