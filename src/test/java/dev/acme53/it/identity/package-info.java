/// Whose AWS credentials the controller uses, by its flags.
@NullMarked
package dev.acme53.it.identity;

import org.jspecify.annotations.NullMarked;
