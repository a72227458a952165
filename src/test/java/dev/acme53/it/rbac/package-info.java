/// The roles of `deploy/`: the controller works under them, and they allow nothing that it does not call.
@NullMarked
package dev.acme53.it.rbac;

import org.jspecify.annotations.NullMarked;
