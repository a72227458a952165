/// What resolvers and authoritative servers show: CNAMEs, zone cuts, propagation (dnsjava inside).
///
/// Every call blocks its (virtual) thread; servers are asked in parallel. What cannot be known is an answer with a
/// text, never an exception, and the text is the same from one look to the next while the state of things is the same.
@NullMarked
package dev.acme53.dns;

import org.jspecify.annotations.NullMarked;
