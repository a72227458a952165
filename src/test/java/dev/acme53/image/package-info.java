/// What the image has inside beside the program's jars, and how long it takes to start.
@NullMarked
package dev.acme53.image;

import org.jspecify.annotations.NullMarked;
