/// Single stages in this JVM, on real servers, with the stages beside them played by the test.
package dev.acme53.it.stages;
