/// Commands beside the controller, which write nothing: `iam-policy`, `whoami` and `takeover`.
@NullMarked
package dev.acme53.tools;

import org.jspecify.annotations.NullMarked;
