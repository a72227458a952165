/// What Prometheus and Grafana make of the controller: the alert rules and the dashboard of `helm/acme53/files`, tried
/// by Prometheus itself.
@NullMarked
package dev.acme53.monitoring;

import org.jspecify.annotations.NullMarked;
