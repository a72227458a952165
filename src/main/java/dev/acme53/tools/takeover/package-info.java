/// What a cluster of cert-manager's is told before acme53 takes it over, or gives it back. Nothing is written.
@NullMarked
package dev.acme53.tools.takeover;

import org.jspecify.annotations.NullMarked;
