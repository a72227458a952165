/// The Order stage on a real API server and a strict CA.
package dev.acme53.it.order;
