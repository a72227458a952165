/// The chart `helm/acme53`, and the files that are made of it or for it: the copy of `crds/`, the table of values, the
/// golden files, `deploy/`. Tests hold each to its source; [dev.acme53.chart.MadeFiles] rewrites them.
@NullMarked
package dev.acme53.chart;

import org.jspecify.annotations.NullMarked;
