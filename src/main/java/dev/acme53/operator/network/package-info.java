/// How this program gets out: proxies and trusted roots, as the environment names them, for all HTTP clients alike.
@NullMarked
package dev.acme53.operator.network;

import org.jspecify.annotations.NullMarked;
