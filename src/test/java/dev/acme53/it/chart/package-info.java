/// The chart's life in a cluster: helm installs, upgrades, rolls back and uninstalls it on a real API server.
@NullMarked
package dev.acme53.it.chart;

import org.jspecify.annotations.NullMarked;
