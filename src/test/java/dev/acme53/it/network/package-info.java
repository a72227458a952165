/// The controller in networks with a proxy and certificate authorities of their own.
@NullMarked
package dev.acme53.it.network;

import org.jspecify.annotations.NullMarked;
