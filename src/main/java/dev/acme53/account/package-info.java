/// An issuer's account key Secret and account URL, and the login at its CA that they give.
@NullMarked
package dev.acme53.account;

import org.jspecify.annotations.NullMarked;
