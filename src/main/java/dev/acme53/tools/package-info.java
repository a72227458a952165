/// Commands beside the controller, which write nothing: `iam-policy` and `whoami`.
@NullMarked
package dev.acme53.tools;

import org.jspecify.annotations.NullMarked;
