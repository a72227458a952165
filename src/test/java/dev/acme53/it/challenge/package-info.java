/// The Challenge stage alone, on a real API server, a strict CA and the simulator; a test plays the Order.
package dev.acme53.it.challenge;
