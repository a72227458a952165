/// From an applied Certificate to a verified Secret, all stages together on real servers.
@NullMarked
package dev.acme53.it.issuance;

import org.jspecify.annotations.NullMarked;
