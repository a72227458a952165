/// What must never leave the process: looked for in all that it writes while everything goes wrong.
@NullMarked
package dev.acme53.it.secrets;

import org.jspecify.annotations.NullMarked;
