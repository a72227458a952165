/// An ACME CA (RFC 8555) as one account sees it: registration, orders, authorizations, challenges, chains.
@NullMarked
package dev.acme53.acme;

import org.jspecify.annotations.NullMarked;
