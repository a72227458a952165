/// An issuer's solver settings → whose credentials and which region → AWS clients, cached.
@NullMarked
package dev.acme53.aws;

import org.jspecify.annotations.NullMarked;
