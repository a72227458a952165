/// The real servers that integration tests and the demo run against: how they are had, started and stopped.
@NullMarked
package dev.acme53.servers;

import org.jspecify.annotations.NullMarked;
