/// Route 53, STS and authoritative DNS in one process, as they hurt: quotas, PENDING changes, lagging name
/// servers, IAM, expiring sessions.
@NullMarked
package dev.acme53.sim;

import org.jspecify.annotations.NullMarked;
