/// The README's main command: three Certificates issued on this machine while a person watches.
@NullMarked
package dev.acme53.demo;

import org.jspecify.annotations.NullMarked;
