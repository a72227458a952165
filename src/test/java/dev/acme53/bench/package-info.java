/// The benchmark: how long issuance takes and what it costs, with the floor and the bound beside each figure
/// (docs/performance.md).
@NullMarked
package dev.acme53.bench;

import org.jspecify.annotations.NullMarked;
