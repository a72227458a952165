/// The status page in a real browser.
package dev.acme53.it.status;
