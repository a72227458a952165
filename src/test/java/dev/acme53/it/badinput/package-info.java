/// What users read when something of theirs is wrong: who, what and what to change; and nobody else is affected.
@NullMarked
package dev.acme53.it.badinput;

import org.jspecify.annotations.NullMarked;
