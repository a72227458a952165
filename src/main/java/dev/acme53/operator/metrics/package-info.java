/// What `/metrics` shows, under the names that dashboards for cert-manager use (behaviour.md §7).
@NullMarked
package dev.acme53.operator.metrics;

import org.jspecify.annotations.NullMarked;
