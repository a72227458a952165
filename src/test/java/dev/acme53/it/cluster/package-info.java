/// The image, installed as users install it, on a cluster that runs Pods.
@NullMarked
package dev.acme53.it.cluster;

import org.jspecify.annotations.NullMarked;
