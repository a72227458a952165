/// The flags and the configuration file, read once into immutable [dev.acme53.operator.flags.Settings].
@NullMarked
package dev.acme53.operator.flags;

import org.jspecify.annotations.NullMarked;
